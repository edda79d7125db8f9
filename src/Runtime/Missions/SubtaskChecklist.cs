using System;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>The check boxes of tasks.md, by which a work package's subtasks count as complete below level 1.3.0 (HOST §1.6).</summary>
internal static class SubtaskChecklist
{
    private const string FileName = "tasks.md";
    private const int MaxBytes = 10 * 1024 * 1024;
    private const int FewestMarks = 2;
    private const int MostMarks = 4;

    /// <summary>True unless an empty box stands in the work package's section; true too without tasks.md or section. IO_FAILED or TASK_FILE_INVALID where it cannot be read.</summary>
    public static Result<bool> IsComplete(Mission mission, string wpId)
    {
        var outcome = ProjectFiles.TryRead(mission.Project.Root, mission.RelativePathOf(FileName), MaxBytes, out var bytes);
        using (bytes)
        {
            return outcome.Status switch
            {
                ReadStatus.Ok => IsComplete(bytes.Span, wpId),
                ReadStatus.Missing => true,
                ReadStatus.Failed => outcome.ToFailure("read", mission.PathOf(FileName)),
                _ => new Failure(ErrorCode.TaskFileInvalid, Messages.TaskFileInvalid(mission.RelativePathOf(FileName), outcome.Detail)),
            };
        }
    }

    /// <summary>The same over the file's bytes.</summary>
    internal static bool IsComplete(ReadOnlySpan<byte> text, string wpId)
    {
        Span<byte> id = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(wpId, id, out int length))
        {
            return true;
        }

        id = id[..length];
        bool inside = false;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (IsHeading(line))
            {
                inside = HasWord(line, id);
            }
            else if (inside && IsEmptyBox(line))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Two to four marks and a space. Deeper headings are part of a section.</summary>
    private static bool IsHeading(ReadOnlySpan<byte> line)
    {
        int marks = line.IndexOfAnyExcept((byte)'#');
        return marks is >= FewestMarks and <= MostMarks && IsSpace(line[marks]);
    }

    private static bool HasWord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        for (int from = 0; line[from..].IndexOf(word) is >= 0 and var at; from += at + word.Length)
        {
            int start = from + at, end = start + word.Length;
            if (!EndsInWordCharacter(line[..start]) && !StartsWithWordCharacter(line[end..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>- [ ] text</c>, however it is spaced.</summary>
    private static bool IsEmptyBox(ReadOnlySpan<byte> line)
    {
        var rest = SkipSpace(line);
        if (rest.IsEmpty || rest[0] != '-')
        {
            return false;
        }

        rest = SkipSpace(rest[1..]);
        if (rest.IsEmpty || rest[0] != '[')
        {
            return false;
        }

        rest = SkipSpace(rest[1..]);
        return rest.Length > 1 && rest[0] == ']' && IsSpace(rest[1]);
    }

    private static bool StartsWithWordCharacter(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var rune, out _);
        return !text.IsEmpty && (Rune.IsLetterOrDigit(rune) || rune.Value == '_');
    }

    private static bool EndsInWordCharacter(ReadOnlySpan<byte> text)
    {
        Rune.DecodeLastFromUtf8(text, out var rune, out _);
        return !text.IsEmpty && (Rune.IsLetterOrDigit(rune) || rune.Value == '_');
    }

    private static ReadOnlySpan<byte> SkipSpace(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        return text[at..];
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\v' or (byte)'\f';
}
