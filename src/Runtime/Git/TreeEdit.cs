using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>A tree with some of its paths replaced: only the directories on the way to them are read and written.</summary>
internal static class TreeEdit
{
    /// <summary>The entry at a path; null if there is none.</summary>
    public static Result<TreeEntry?> Find(ITrees trees, string? root, string path)
    {
        string? tree = root;
        var rest = path.AsSpan();
        while (true)
        {
            int slash = rest.IndexOf('/');
            var name = slash < 0 ? rest : rest[..slash];
            if (!trees.Read(tree).Try(out var entries, out var failure))
            {
                return failure;
            }

            var found = FindIn(entries, name);
            if (found is null || slash < 0)
            {
                return found;
            }

            if (!found.Value.IsTree)
            {
                return (TreeEntry?)null;
            }

            tree = found.Value.Id;
            rest = rest[(slash + 1)..];
        }
    }

    /// <summary>The tree with every path in <paramref name="files"/> set to its entry, or removed where that is null.</summary>
    public static Result<string?> Apply(ITrees trees, string? root, IReadOnlyDictionary<string, TreeEntry?> files)
    {
        if (files.Count == 0)
        {
            return root;
        }

        if (!trees.Read(root).Try(out var entries, out var failure))
        {
            return failure;
        }

        var result = new SortedDictionary<string, TreeEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            result[entry.Name] = entry;
        }

        var below = new SortedDictionary<string, Dictionary<string, TreeEntry?>>(StringComparer.Ordinal);
        foreach (var (path, entry) in files)
        {
            int slash = path.IndexOf('/');
            if (slash >= 0)
            {
                string directory = path[..slash];
                if (!below.TryGetValue(directory, out var inside))
                {
                    below[directory] = inside = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
                }

                inside[path[(slash + 1)..]] = entry;
            }
            else if (entry is { } file)
            {
                result[path] = file with { Name = path };
            }
            else
            {
                result.Remove(path);
            }
        }

        foreach (var (directory, inside) in below)
        {
            bool isFile = result.TryGetValue(directory, out var there) && !there.IsTree;
            string? old = isFile || there.Id is null ? null : there.Id;
            if (!Apply(trees, old, inside).Try(out string? tree, out failure) && failure is not null)
            {
                return failure;
            }

            if (tree is null)
            {
                // Below a file there is nothing that could be removed.
                if (!isFile)
                {
                    result.Remove(directory);
                }
            }
            else
            {
                result[directory] = new TreeEntry(TreeEntry.TreeMode, directory, tree);
            }
        }

        TreeEntry[] changed = [.. result.Values];
        return changed.AsSpan().SequenceEqual([.. entries]) ? root : trees.Write(changed);
    }

    private static TreeEntry? FindIn(IReadOnlyList<TreeEntry> entries, ReadOnlySpan<char> name)
    {
        foreach (var entry in entries)
        {
            if (name.SequenceEqual(entry.Name))
            {
                return entry;
            }
        }

        return null;
    }
}
