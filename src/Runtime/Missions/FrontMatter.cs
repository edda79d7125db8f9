using System;
using System.Text;

namespace SpecKitty.Missions;

/// <summary>The YAML at the start of a task file (HOST §1.5, rule A): from a first line that begins with <c>---</c> to the next line that is just that.</summary>
internal static class FrontMatter
{
    /// <summary>Finds it.</summary>
    /// <param name="start">The file's first bytes.</param>
    /// <param name="atEnd">Whether they are all there are.</param>
    /// <param name="yaml">What stands between the two lines, if it is whole.</param>
    public static FrontMatterExtent Locate(ReadOnlySpan<byte> start, bool atEnd, out ReadOnlySpan<byte> yaml)
    {
        var extent = Find(start, atEnd, out int from, out int to);
        yaml = start[from..to];
        return extent;
    }

    /// <summary>Where the body of a whole file begins: behind the front matter's last line, or the byte order mark, or at 0.</summary>
    public static int BodyStart(ReadOnlySpan<byte> file)
    {
        if (Find(file, atEnd: true, out _, out int close) != FrontMatterExtent.Whole)
        {
            return MarkLength(file);
        }

        int end = file[close..].IndexOf((byte)'\n');
        return end < 0 ? file.Length : close + end + 1;
    }

    private static int MarkLength(ReadOnlySpan<byte> start) => start.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    /// <summary>The same as places in <paramref name="start"/>; both 0 where it is not whole.</summary>
    private static FrontMatterExtent Find(ReadOnlySpan<byte> start, bool atEnd, out int from, out int to)
    {
        from = to = 0;
        int mark = MarkLength(start);
        start = start[mark..];
        if (!start.StartsWith("---"u8))
        {
            // Shorter than a byte order mark and the mark: too little to tell.
            return start.Length < 6 && !atEnd ? FrontMatterExtent.Unfinished : FrontMatterExtent.Absent;
        }

        int at = start.IndexOf((byte)'\n') + 1;
        if (at == 0)
        {
            return atEnd ? FrontMatterExtent.Unclosed : FrontMatterExtent.Unfinished;
        }

        int first = at;
        while (at < start.Length)
        {
            var rest = start[at..];
            int length = rest.IndexOf((byte)'\n');
            if (length < 0 && !atEnd)
            {
                break;
            }

            if (IsClosing(length < 0 ? rest : rest[..length]))
            {
                from = mark + first;
                to = mark + at;
                return FrontMatterExtent.Whole;
            }

            at += length < 0 ? rest.Length : length + 1;
        }

        return atEnd ? FrontMatterExtent.Unclosed : FrontMatterExtent.Unfinished;
    }

    /// <summary><c>---</c> with nothing but white space around it.</summary>
    private static bool IsClosing(ReadOnlySpan<byte> line) => line.Length >= 3 && line.Trim(" \t\r\v\f"u8).SequenceEqual("---"u8);
}
