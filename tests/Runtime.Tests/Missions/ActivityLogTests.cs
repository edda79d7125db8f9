using System;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class ActivityLogTests
{
    private const string Line = "- [2026-04-08T12:00:00Z] a: n";

    private static readonly string[] Pieces =
    [
        "---\n", "---\r\n", "## Activity Log\n", "## Activity Log\r\n", "## Activity Log", "\n", "\r\n", "## Later\n", "# Top\r\n", "- an entry\n", "\uFEFF", "  ", "\t\n", "\r", "text",
    ];

    private static readonly System.Buffers.SearchValues<char> LineBreaks = System.Buffers.SearchValues.Create("\r\n\v\f\u0085\u2028\u2029");

    [Test]
    [Arguments("---\nid: 1\n---\n\n# T\n\n## Activity Log\n\n", "---\nid: 1\n---\n\n# T\n\n## Activity Log\n\nLINE\n")]
    [Arguments("## Activity Log\n", "## Activity Log\n\nLINE\n")]
    [Arguments("## Activity Log", "## Activity Log\n\nLINE")]
    [Arguments("## Activity Log\n\n- one\n", "## Activity Log\n\n- one\nLINE\n")]
    [Arguments("## Activity Log\n\n- one", "## Activity Log\n\n- one\nLINE")]
    [Arguments("## Activity Log\n- one\n\n\n", "## Activity Log\n- one\nLINE\n\n\n")]
    [Arguments("## Activity Log\n\n- one\n\n## Later\n\nx\n", "## Activity Log\n\n- one\nLINE\n\n## Later\n\nx\n")]
    [Arguments("## Activity Log\n\n## Later\n", "## Activity Log\n\nLINE\n\n## Later\n")]
    [Arguments("## Activity Log\n## Later\n", "## Activity Log\n\nLINE\n\n## Later\n")]
    [Arguments("## Activity Log\n\n\n# Later\n", "## Activity Log\n\nLINE\n\n# Later\n")]
    [Arguments("## Activity Log\n\n### Detail\n\n- x\n\n## Later\n", "## Activity Log\n\n### Detail\n\n- x\nLINE\n\n## Later\n")]
    [Arguments("## Activity Log\r\n\r\n- one\r\n\r\n## Later\r\n", "## Activity Log\r\n\r\n- one\r\nLINE\r\n\r\n## Later\r\n")]
    [Arguments("a\r\n\r\n## Activity Log  \r\n- one", "a\r\n\r\n## Activity Log  \r\n- one\r\nLINE")]
    [Arguments("# T\n\ntext\n", "# T\n\ntext\n\n## Activity Log\n\nLINE\n")]
    [Arguments("# T\r\ntext", "# T\r\ntext\r\n\r\n## Activity Log\r\n\r\nLINE")]
    [Arguments("# T\n\n", "# T\n\n## Activity Log\n\nLINE\n")]
    [Arguments("", "## Activity Log\n\nLINE\n")]
    [Arguments("---\n## Activity Log\n---\nbody\n", "---\n## Activity Log\n---\nbody\n\n## Activity Log\n\nLINE\n")]
    [Arguments("see ## Activity Log\n### Activity Log\n## Activity Logs\n", "see ## Activity Log\n### Activity Log\n## Activity Logs\n\n## Activity Log\n\nLINE\n")]
    [Arguments("\uFEFF---\r\nid: 1\r\n---\r\n## Activity Log\r\n", "\uFEFF---\r\nid: 1\r\n---\r\n## Activity Log\r\n\r\nLINE\r\n")]
    [Arguments("---\nno end\n## Activity Log\n- x\n", "---\nno end\n## Activity Log\n- x\nLINE\n")]
    public async Task The_line_goes_to_the_end_of_the_section(string file, string expected)
    {
        string edited = Encoding.UTF8.GetString(ActivityLogEdit.Insert(Encoding.UTF8.GetBytes(file), Line));
        await Assert.That(edited.Replace("\r", "\\r", StringComparison.Ordinal)).IsEqualTo(expected.Replace("LINE", Line, StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal));
    }

    [Test]
    public void Nothing_but_the_insertion_differs_and_lines_come_in_order()
    {
        var piece = Gen.OneOf(
            Gen.Int[0, 14].Select(static i => Pieces[i]).Select(static text => Encoding.UTF8.GetBytes(text)),
            Gen.Byte.Array[0, 6]);
        piece.Array[0, 12].Select(static pieces => Concatenate(pieces)).Sample(
            static file =>
            {
                byte[] one = ActivityLogEdit.Insert(file, "- first");
                byte[] two = ActivityLogEdit.Insert(one, "- second");
                int first = one.AsSpan().IndexOf("- first"u8), second = two.AsSpan().IndexOf("- second"u8);
                return IsInsertion(file, one) && IsInsertion(one, two)
                    && first >= 0 && two.AsSpan().IndexOf("- first"u8) == first && second > first
                    && StartsLine(two, first) && StartsLine(two, second)
                    // Whatever stands between the two is the end of a line.
                    && Encoding.Latin1.GetString(two.AsSpan((first + 7)..second)) is "\n" or "\r\n";
            },
            iter: 20_000);
    }

    [Test]
    public async Task An_entry_is_one_line_with_its_id_at_the_end()
    {
        string line = ActivityLogEntry.Line(1_775_649_600_123_456, "co\ndex", "a\r\nb\nc\vd\fe\u0085f\u2028g\u2029h\ri --> <!-- x", "hist-0");
        await Assert.That(line).IsEqualTo("- [2026-04-08T12:00:00Z] co dex: a b c d e f g h i --> <!-- x <!-- hist-0 -->");
    }

    [Test]
    public async Task Ids_have_their_shape_and_differ()
    {
        string one = ActivityLogEntry.NewId(), two = ActivityLogEntry.NewId();
        await Assert.That(one).Matches("^hist-[0-9a-f]{32}$");
        await Assert.That(one).IsNotEqualTo(two);
    }

    [Test]
    public void No_note_makes_a_second_line()
    {
        Gen.String.Array[2].Sample(
            static texts =>
            {
                string line = ActivityLogEntry.Line(0, texts[0], texts[1], "hist-0");
                return line.AsSpan().IndexOfAny(LineBreaks) < 0 && line.EndsWith(" <!-- hist-0 -->", StringComparison.Ordinal);
            },
            iter: 20_000);
    }

    private static bool IsInsertion(byte[] before, byte[] after)
    {
        int shared = before.AsSpan().CommonPrefixLength(after);
        // The prefix may run into the inserted text; any split that fits will do.
        for (int at = shared; at >= 0; at--)
        {
            if (after.AsSpan(at + after.Length - before.Length).SequenceEqual(before.AsSpan(at)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsLine(byte[] file, int at) => at == 0 || file[at - 1] == (byte)'\n';

    private static byte[] Concatenate(byte[][] pieces)
    {
        byte[] whole = [];
        foreach (byte[] piece in pieces)
        {
            whole = [.. whole, .. piece];
        }

        return whole;
    }
}
