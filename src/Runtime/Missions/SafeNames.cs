using System;

namespace SpecKitty.Missions;

/// <summary>Names that may become a part of a path (HOST §2.2). Whatever a caller typed is asked here before it is joined to anything.</summary>
internal static class SafeNames
{
    /// <summary>NAME_MAX: no file can have a longer name.</summary>
    private const int MaxLength = 255;

    /// <summary>Letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, a letter or digit first, and nowhere two points in a row.</summary>
    public static bool IsSafe(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(name[0]) && IsAllowed(name) && name.IndexOf("..") < 0;

    private static bool IsAllowed(ReadOnlySpan<char> name)
    {
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
