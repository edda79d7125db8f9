using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Tools;

namespace SpecKitty.Runtime.Tests.Tools;

/// <summary>Texts of others on a terminal and in a page; cursors; names of temporary files.</summary>
internal sealed class TextTests
{
    [Test]
    [Arguments("plain", "plain")]
    [Arguments("a\u001b[2Jb\r\n\t\u0000", "a\ufffd[2Jb\ufffd\ufffd\ufffd\ufffd")]
    [Arguments("\u202eabc\u2066\u200f", "\ufffdabc\ufffd\ufffd")]
    [Arguments("gr\u00fc\u00df \ud83d\ude00", "gr\u00fc\u00df \ud83d\ude00")]
    [Arguments("half \ud83d", "half \ufffd")]
    public async Task What_does_more_than_appear_is_replaced(string text, string expected) => await Assert.That(DisplayText.Safe(text)).IsEqualTo(expected);

    [Test]
    [Arguments("abc", 5, "abc  ")]
    [Arguments("abcdef", 4, "abc\u2026")]
    [Arguments("\u6f22\u5b57", 3, "\u6f22\u2026")]
    [Arguments("e\u0301x", 2, "e\u0301x")]
    public async Task Texts_are_fitted_to_columns(string text, int width, string expected) => await Assert.That(DisplayText.Fit(text, width)).IsEqualTo(expected);

    [Test]
    public async Task A_table_gives_way_where_it_is_widest()
    {
        var table = new TextTable("A", "B");
        table.Add("one", new string('x', 30));
        await Assert.That(table.Lines(20).Max(static line => line.Length)).IsLessThanOrEqualTo(20);
        await Assert.That(table.Lines(0)[1]).IsEqualTo("one  " + new string('x', 30));
    }

    [Test]
    public async Task Nothing_in_a_page_escapes_its_quotes()
    {
        var html = new Html().Raw("<a").Attribute("b", "\"><script>'&\u001b").Raw(">").Text("</a><b>").Name("c");
        await Assert.That(System.Text.Encoding.UTF8.GetString(html.ToUtf8())).IsEqualTo("<a b=\"&quot;&gt;&lt;script&gt;&#39;&amp;\ufffd\">&lt;/a&gt;&lt;b&gt;<bdi>c</bdi>");
    }

    [Test]
    public async Task A_cursor_is_read_as_it_was_written()
    {
        var cursor = new EventCursor(123456789012, 42, 700, ulong.MaxValue);
        await Assert.That(EventCursor.TryParse(cursor.Text, out var read)).IsTrue();
        await Assert.That(read).IsEqualTo(cursor);
        await Assert.That(EventCursor.TryParse(EventCursor.First.Text, out _)).IsTrue();
    }

    [Test]
    [Arguments(".status.json.spec-kitty.tmp", true)]
    [Arguments(".meta.json.123.0123456789abcdef.tmp", true)]
    [Arguments(".meta.json.123.0123456789abcdeg.tmp", false)]
    [Arguments(".123.0123456789abcdef.tmp", false)]
    [Arguments(".spec-kitty.tmp", false)]
    [Arguments(".atomic-abc.tmp", false)]
    [Arguments("status.json", false)]
    public async Task Only_our_own_temporary_files_are_ours(string name, bool expected) => await Assert.That(DoctorFiles.IsOurs(name)).IsEqualTo(expected);

    [Test]
    [Arguments("WP01", "WP01|Work package WP01|")]
    [Arguments(" WP02 : A : b : WP01 , WP03 ", "WP02|A : b|WP01,WP03")]
    [Arguments("WP02:Title: with colon", "WP02|Title: with colon|")]
    [Arguments("WP02::WP01", "WP02|Work package WP02|WP01")]
    public async Task A_line_is_a_work_package(string line, string expected)
    {
        NewPlan.Parse(["WP01", "WP03", line]).Try(out var packages, out _);
        var package = packages is null ? NewPlan.Parse([line]).Try(out var alone, out _) ? alone[0] : null : packages[^1];
        await Assert.That($"{package?.WpId}|{package?.Title}|{string.Join(',', package?.Dependencies ?? [])}").IsEqualTo(expected);
    }

    [Test]
    public async Task A_chain_shares_a_lane_and_everything_else_gets_its_own()
    {
        NewPlan.Parse(["WP01", "WP02:b:WP01", "WP03:c:WP01", "WP04:d:WP02,WP03", "WP05"]).Try(out var packages, out _);
        await Assert.That(string.Join(' ', NewLanes.Of(packages!).Texts(static lane => $"{lane.Id}:{string.Join('+', lane.WpIds)}<{string.Join('+', lane.DependsOn)}@{lane.Group}")))
            .IsEqualTo("lane-a:WP01+WP02<@0 lane-b:WP03<lane-a@1 lane-c:WP04<lane-a+lane-b@2 lane-d:WP05<@0");
    }
}
