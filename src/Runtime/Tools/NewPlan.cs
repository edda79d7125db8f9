using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Tools;

/// <summary>Reads a list of work packages: <c>WP01</c>, <c>WP01:Title</c> or <c>WP02:Title:WP01,…</c>.</summary>
internal static class NewPlan
{
    /// <summary>The work packages of these lines. USAGE_ERROR naming the first that is wrong.</summary>
    public static Result<Items<NewPackage>> Parse(IEnumerable<string> lines)
    {
        var packages = new Items<NewPackage>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            var text = line.AsSpan().Trim();
            if (text.IsEmpty || text[0] == '#')
            {
                continue;
            }

            int first = text.IndexOf(':');
            var id = (first < 0 ? text : text[..first]).Trim();
            if (!WorkPackageIds.IsValid(id))
            {
                return Refuse(Messages.NewBadPackage(text.ToString()));
            }

            var (title, dependencies) = Rest(first < 0 ? default : text[(first + 1)..]);
            if (!known.Add(id.ToString()))
            {
                return Refuse(Messages.NewPackageTwice(id.ToString()));
            }

            packages.Add(new NewPackage { WpId = id.ToString(), Title = title.Length > 0 ? title : "Work package " + id.ToString(), Dependencies = dependencies.ToArray() });
        }

        return Check(packages, known) is { } wrong ? Refuse(wrong) : packages;
    }

    /// <summary>Title and dependencies: the last part is a list of them if every name in it looks like one, so that a title may hold a colon.</summary>
    private static (string Title, List<string> Dependencies) Rest(ReadOnlySpan<char> rest)
    {
        var dependencies = new List<string>();
        int last = rest.LastIndexOf(':');
        if (last >= 0)
        {
            foreach (var range in rest[(last + 1)..].Split(','))
            {
                var name = rest[(last + 1)..][range].Trim();
                if (name.IsEmpty)
                {
                    continue;
                }

                if (!WorkPackageIds.IsValid(name))
                {
                    return (rest.Trim().ToString(), []);
                }

                dependencies.Add(name.ToString());
            }

            rest = rest[..last];
        }

        return (rest.Trim().ToString(), dependencies);
    }

    private static string? Check(Items<NewPackage> packages, HashSet<string> known)
    {
        if (packages.Count == 0)
        {
            return Messages.NewNothing();
        }

        foreach (var package in packages)
        {
            foreach (string dependency in package.Dependencies)
            {
                if (dependency == package.WpId)
                {
                    return Messages.DependencySelf(package.WpId);
                }

                if (!known.Contains(dependency))
                {
                    return Messages.DependencyUnknown(package.WpId, dependency);
                }
            }
        }

        return Cycle(packages);
    }

    /// <summary>Takes away what waits for nothing until nothing is left; what stays waits for itself.</summary>
    private static string? Cycle(Items<NewPackage> packages)
    {
        var left = packages.Part(0, packages.Count);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        for (int before = -1; before != left.Count;)
        {
            before = left.Count;
            for (int i = left.Count - 1; i >= 0; i--)
            {
                bool waits = false;
                foreach (string dependency in left[i].Dependencies)
                {
                    waits |= !gone.Contains(dependency);
                }

                if (!waits)
                {
                    gone.Add(left[i].WpId);
                    left.RemoveAt(i);
                }
            }
        }

        return left.Count == 0 ? null : Messages.NewCycle(string.Join(", ", left.Texts(static package => package.WpId)));
    }

    private static Failure Refuse(string sentence) => new(ErrorCode.UsageError, sentence);
}
