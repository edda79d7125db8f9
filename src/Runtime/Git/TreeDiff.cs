using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>Which paths differ between two trees. Reads only where they differ; knows no renames.</summary>
internal static class TreeDiff
{
    /// <summary>Every path that differs, by name within each directory.</summary>
    public static Result<List<TreeChange>> Between(ITrees trees, string? before, string? after)
    {
        var changes = new List<TreeChange>();
        return Add(trees, before, after, "", changes) is { } failure ? failure : changes;
    }

    private static Failure? Add(ITrees trees, string? before, string? after, string prefix, List<TreeChange> changes)
    {
        if (before == after)
        {
            return null;
        }

        if (!trees.Read(before).Try(out var old, out var failure) || !trees.Read(after).Try(out var now, out failure))
        {
            return failure;
        }

        var names = new TreeNames(old, now);
        while (names.MoveNext())
        {
            var (first, second) = (names.First, names.Second);
            if (first == second)
            {
                continue;
            }

            string path = prefix + names.Name;
            var file = first is { IsTree: false } ? first : null;
            var newFile = second is { IsTree: false } ? second : null;
            if (file is not null || newFile is not null)
            {
                changes.Add(new TreeChange(path, file, newFile));
            }

            failure = Add(trees, first is { IsTree: true } ? first.Value.Id : null, second is { IsTree: true } ? second.Value.Id : null, path + "/", changes);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }
}
