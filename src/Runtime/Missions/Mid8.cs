using System;

namespace SpecKitty.Missions;

/// <summary>The first eight characters of a mission's ULID, by which people and directory names refer to it (HOST §1.1).</summary>
internal static class Mid8
{
    public const int Length = 8;

    /// <summary>Eight upper-case letters or digits: what counts as a mid8 where one was expected.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return text.Length == Length;
    }

    /// <summary>
    /// The mid8 that a name seems to end in: behind its last hyphen, in Crockford's alphabet; "" if none. Only a guess (a date looks the
    /// same), but the one by which the reference names branches.
    /// </summary>
    public static string TailOf(string name)
    {
        int start = name.Length - Length;
        if (start < 1 || name[start - 1] != '-')
        {
            return "";
        }

        var tail = name.AsSpan(start);
        return IsValid(tail) && tail.IndexOfAny("ILOU") < 0 ? name[start..] : "";
    }
}
