using System;
using System.Buffers;

namespace SpecKitty.Missions;

/// <summary>What git accepts as a branch's name (git-check-ref-format(1), with <c>--branch</c>), so that a data file cannot pass an option or a path for one.</summary>
internal static class BranchNames
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u007f ~^:?*[\\");

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name[0] == '-' || name[^1] is '/' or '.' || name is "@" or "HEAD" || name.ContainsAny(Forbidden) || name.IndexOf("..") >= 0 || name.IndexOf("@{") >= 0)
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
}
