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
    public static Result<string?> Apply(ITrees trees, string? root, Dictionary<string, TreeEntry?> files)
    {
        if (files.Count == 0)
        {
            return root;
        }

        if (!trees.Read(root).Try(out var entries, out var failure))
        {
            return failure;
        }

        var result = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            result[entry.Name] = entry;
        }

        // In order, so that a name comes before what is below it, and all that is below one directory together.
        string[] paths = Sorted(files);
        for (int i = 0; i < paths.Length;)
        {
            string path = paths[i];
            int slash = path.IndexOf('/');
            if (slash < 0)
            {
                result[path] = files[path] is { } file ? file with { Name = path } : null;
                i++;
                continue;
            }

            string directory = path[..slash];
            var inside = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
            for (; i < paths.Length && IsBelow(paths[i], directory); i++)
            {
                inside[paths[i][(slash + 1)..]] = files[paths[i]];
            }

            result.TryGetValue(directory, out var there);
            bool isFile = there is { IsTree: false };
            if (!Apply(trees, isFile ? null : there?.Id, inside).Try(out string? tree, out failure) && failure is not null)
            {
                return failure;
            }

            // Below a file there is nothing that could be removed.
            if (tree is not null || !isFile)
            {
                result[directory] = tree is null ? null : new TreeEntry(TreeEntry.TreeMode, directory, tree);
            }
        }

        var changed = Entries(result);
        return AreSame(changed, entries) ? root : trees.Write(changed.ToArray());
    }

    private static string[] Sorted(Dictionary<string, TreeEntry?> byName)
    {
        var names = new string[byName.Count];
        int i = 0;
        foreach (var (name, _) in byName)
        {
            names[i++] = name;
        }

        names.AsSpan().Sort(string.CompareOrdinal);
        return names;
    }

    private static bool IsBelow(string path, string directory) =>
        path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal);

    private static List<TreeEntry> Entries(Dictionary<string, TreeEntry?> byName)
    {
        var entries = new List<TreeEntry>(byName.Count);
        foreach (string name in Sorted(byName))
        {
            if (byName[name] is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static bool AreSame(List<TreeEntry> left, TreeEntry[] right)
    {
        bool areSame = left.Count == right.Length;
        for (int i = 0; areSame && i < left.Count; i++)
        {
            areSame = left[i] == right[i];
        }

        return areSame;
    }

    private static TreeEntry? FindIn(TreeEntry[] entries, ReadOnlySpan<char> name)
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
