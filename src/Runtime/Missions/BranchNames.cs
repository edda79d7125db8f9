using System;

namespace SpecKitty.Missions;

/// <summary>What git accepts as a branch's name (git-check-ref-format(1), with <c>--branch</c>), so that a data file cannot pass an option or a path for one.</summary>
internal static class BranchNames
{
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name[0] == '-' || name[^1] is '/' or '.' || name is "@" or "HEAD" || HasForbidden(name) || name.IndexOf("..") >= 0 || name.IndexOf("@{") >= 0)
        {
            return false;
        }

        foreach (var range in name.Split('/'))
        {
            var part = name[range];
            if (part.IsEmpty || part[0] == '.' || part.EndsWith(".lock"))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasForbidden(ReadOnlySpan<char> name)
    {
        foreach (char letter in name)
        {
            if (letter is <= ' ' or '\u007f' or '~' or '^' or ':' or '?' or '*' or '[' or '\\')
            {
                return true;
            }
        }

        return false;
    }
}
