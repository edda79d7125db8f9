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
        yaml = default;
        if (start.StartsWith(Encoding.UTF8.Preamble))
        {
            start = start[Encoding.UTF8.Preamble.Length..];
        }

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
                yaml = start[first..at];
                return FrontMatterExtent.Whole;
            }

            at += length < 0 ? rest.Length : length + 1;
        }

        return atEnd ? FrontMatterExtent.Unclosed : FrontMatterExtent.Unfinished;
    }

    /// <summary><c>---</c> with nothing but white space around it.</summary>
    private static bool IsClosing(ReadOnlySpan<byte> line) => line.Length >= 3 && line.Trim(" \t\r\v\f"u8).SequenceEqual("---"u8);
}
