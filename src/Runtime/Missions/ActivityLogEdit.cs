using System;
using System.Text;

namespace SpecKitty.Missions;

/// <summary>
/// Adds a line to the section <c>## Activity Log</c> of a task file. Bytes in, bytes out: nothing is decoded, and nothing but the insertion differs
/// (DESIGN §9, §11).
/// </summary>
internal static class ActivityLogEdit
{
    /// <summary>The file with <paramref name="line"/> as the last line of its activity log.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="line">The line, without its end.</param>
    public static byte[] Insert(ReadOnlySpan<byte> file, string line)
    {
        // Inside the front matter a line that looks like the heading is a YAML comment.
        int body = FrontMatter.BodyStart(file);
        int heading = FindHeading(file, body);
        return heading < 0 ? AppendSection(file, line) : AppendToSection(file, heading, line);
    }

    private static ReadOnlySpan<byte> Title => "## Activity Log"u8;

    /// <summary>A carriage return alone ends no line; at a line's end it is as good as a blank.</summary>
    private static ReadOnlySpan<byte> White => " \t\r"u8;

    /// <summary>
    /// The section ends before the next heading of its level or above. The line goes behind the last line of it that is not blank; behind a bare heading a
    /// blank line stays between, and another one before what follows.
    /// </summary>
    private static byte[] AppendToSection(ReadOnlySpan<byte> file, int heading, string line)
    {
        int last = heading;
        for (int next = NextLine(file, heading); next < file.Length && !IsHeading(file[next..]); next = NextLine(file, next))
        {
            if (!IsBlank(LineAt(file, next)))
            {
                last = next;
            }
        }

        bool isBare = last == heading;
        int at = NextLine(file, last);
        string end = EndOfLineAt(file, last);
        if (end.Length == 0)
        {
            // The file's last line, and open: the new one is open too.
            end = EndOfFirstLine(file);
            return Splice(file, at, isBare ? end + end : end, line, "");
        }

        if (!isBare)
        {
            return Splice(file, at, "", line, end);
        }

        bool hasBlank = at < file.Length && !IsHeading(file[at..]) && EndOfLineAt(file, at).Length > 0;
        if (hasBlank)
        {
            at = NextLine(file, at);
        }

        return Splice(file, at, hasBlank ? "" : end, line, at < file.Length && IsHeading(file[at..]) ? end + end : end);
    }

    /// <summary>A blank line, the heading, a blank line, the line; a file without a final line end stays without.</summary>
    private static byte[] AppendSection(ReadOnlySpan<byte> file, string line)
    {
        string end = EndOfFirstLine(file);
        var rest = file;
        int blank = 0;
        bool closed = file.IsEmpty || file[^1] == (byte)'\n';
        while (rest.Length > 0 && rest[^1] == (byte)'\n')
        {
            blank++;
            rest = rest.EndsWith("\r\n"u8) ? rest[..^2] : rest[..^1];
        }

        string before = file.IsEmpty || blank >= 2 ? "" : blank == 1 ? end : end + end;
        return Splice(file, file.Length, before + Encoding.UTF8.GetString(Title) + end + end, line, closed ? end : "");
    }

    private static byte[] Splice(ReadOnlySpan<byte> file, int at, string before, string line, string after)
    {
        byte[] inserted = Encoding.UTF8.GetBytes(before + line + after);
        var whole = new byte[file.Length + inserted.Length];
        file[..at].CopyTo(whole);
        inserted.CopyTo(whole.AsSpan(at));
        file[at..].CopyTo(whole.AsSpan(at + inserted.Length));
        return whole;
    }

    private static int FindHeading(ReadOnlySpan<byte> file, int from)
    {
        for (int at = from; at < file.Length; at = NextLine(file, at))
        {
            if (LineAt(file, at).TrimEnd(White).SequenceEqual(Title))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>A heading of level 1 or 2.</summary>
    private static bool IsHeading(ReadOnlySpan<byte> line) => line.StartsWith("## "u8) || line.StartsWith("# "u8);

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(White).IsEmpty;

    /// <summary>The line without its LF.</summary>
    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> file, int at)
    {
        var rest = file[at..];
        int end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..end];
    }

    private static int NextLine(ReadOnlySpan<byte> file, int at)
    {
        int end = file[at..].IndexOf((byte)'\n');
        return end < 0 ? file.Length : at + end + 1;
    }

    /// <summary>What the line ends with: LF, CR LF, or nothing at the file's end.</summary>
    private static string EndOfLineAt(ReadOnlySpan<byte> file, int at)
    {
        int end = file[at..].IndexOf((byte)'\n');
        return end < 0 ? "" : end > 0 && file[at + end - 1] == (byte)'\r' ? "\r\n" : "\n";
    }

    private static string EndOfFirstLine(ReadOnlySpan<byte> file) => EndOfLineAt(file, 0) is { Length: > 0 } end ? end : "\n";
}
