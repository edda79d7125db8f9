using System;

namespace SpecKitty.Git;

/// <summary>Full names of refs, and object ids as text.</summary>
internal static class RefNames
{
    public const string Head = "HEAD";

    private const string Branches = "refs/heads/";
    private const int Sha1Length = 40;
    private const int Sha256Length = 64;

    /// <summary><c>refs/heads/…</c> of a branch.</summary>
    public static string OfBranch(string branch) => Branches + branch;

    /// <summary><c>refs/remotes/origin/…</c> of a branch.</summary>
    public static string OfOrigin(string branch) => "refs/remotes/origin/" + branch;

    /// <summary>The branch of a full name; null if it is no branch's.</summary>
    public static string? BranchOf(string reference) => reference.StartsWith(Branches, StringComparison.Ordinal) ? reference[Branches.Length..] : null;

    /// <summary>Whether a text is a whole object id, of either kind.</summary>
    public static bool IsObjectId(ReadOnlySpan<char> text) =>
        text.Length is Sha1Length or Sha256Length && IsLowerHex(text);

    /// <summary>Whether a text has no letters but those of hexadecimal numbers, none of them large.</summary>
    public static bool IsLowerHex(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (!char.IsAsciiHexDigitLower(letter))
            {
                return false;
            }
        }

        return true;
    }
}
