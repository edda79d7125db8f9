using System;

namespace SpecKitty.Missions;

/// <summary>Ids of work packages: <c>WP</c> and two or more digits (DESIGN §6).</summary>
internal static class WorkPackageIds
{
    private const string Prefix = "WP";
    private const int FewestDigits = 2;

    public static bool IsValid(ReadOnlySpan<char> id) => id.StartsWith(Prefix) && id.Length >= Prefix.Length + FewestDigits && id[Prefix.Length..].IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>
    /// The id that a task file's name is about: <c>WP01.md</c> or <c>WP01-anything.md</c>. Length of the id, or 0: README.md, WP1.md and
    /// WP01_x.md are no task files.
    /// </summary>
    public static int LengthInFileName(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith("WP"u8) || !name.EndsWith(".md"u8))
        {
            return 0;
        }

        int digits = name[Prefix.Length..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        int length = Prefix.Length + digits;
        return digits >= FewestDigits && (name[length] == '-' || length == name.Length - ".md"u8.Length) ? length : 0;
    }
}
