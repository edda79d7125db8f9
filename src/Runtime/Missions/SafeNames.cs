using System;
using System.Buffers;

namespace SpecKitty.Missions;

/// <summary>Names that may become a part of a path (HOST §2.2). Whatever a caller typed is asked here before it is joined to anything.</summary>
internal static class SafeNames
{
    /// <summary>NAME_MAX: no file can have a longer name.</summary>
    private const int MaxLength = 255;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, a letter or digit first, and nowhere two points in a row.</summary>
    public static bool IsSafe(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(name[0]) && !name.ContainsAnyExcept(Allowed) && name.IndexOf("..") < 0;
}
