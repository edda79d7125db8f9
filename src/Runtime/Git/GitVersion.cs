using System;
using System.Globalization;

namespace SpecKitty.Git;

/// <summary>A version of git, as far as it decides what git can do.</summary>
internal readonly record struct GitVersion(int Major, int Minor)
{
    /// <summary>The first with <c>merge-tree --write-tree</c>.</summary>
    public static GitVersion Oldest => new(2, 38);

    public string Text => Major.ToString(CultureInfo.InvariantCulture) + "." + Minor.ToString(CultureInfo.InvariantCulture);

    public bool IsSupported => Major > Oldest.Major || (Major == Oldest.Major && Minor >= Oldest.Minor);

    /// <summary>Reads the answer of <c>git version</c>, such as <c>git version 2.39.5 (Apple Git-154)</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> answer, out GitVersion version)
    {
        version = default;
        int first = answer.IndexOfAnyInRange('0', '9');
        if (first < 0)
        {
            return false;
        }

        var digits = answer[first..];
        int point = digits.IndexOf('.');
        if (point < 0 || !int.TryParse(digits[..point], NumberStyles.None, CultureInfo.InvariantCulture, out int major))
        {
            return false;
        }

        var rest = digits[(point + 1)..];
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        if (!int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int minor))
        {
            return false;
        }

        version = new(major, minor);
        return true;
    }
}
