using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>
/// Three-way merges of trees in which no path changed on both sides: the ordinary case of lanes, whose scopes are disjoint. There git's answer is known without
/// asking it. Everything in which contents, renames or directories against files could matter is left to <c>git merge-tree</c>, so that the answer is
/// always git's.
/// </summary>
internal sealed class TreeMerge
{
    private readonly ITrees _trees;
    private readonly Func<string, TreeEntry?, TreeEntry?, TreeEntry?, Result<TreeEntry?>?> _settle;
    private int _oursAdded, _oursRemoved, _theirsAdded, _theirsRemoved;
    private bool _bothRemoved;

    private TreeMerge(ITrees trees, Func<string, TreeEntry?, TreeEntry?, TreeEntry?, Result<TreeEntry?>?> settle)
    {
        _trees = trees;
        _settle = settle;
    }

    /// <summary>The merged tree, or null where git must be asked.</summary>
    /// <param name="trees">Where trees are.</param>
    /// <param name="baseTree">Tree of the one merge base.</param>
    /// <param name="ours">Tree of the one side.</param>
    /// <param name="theirs">Tree of the other.</param>
    /// <param name="settle">
    /// Decides a path (Latin-1) that changed on both sides, from base, ours and theirs; null leaves it to git. For the event log, which merges by its own rules.
    /// </param>
    public static Result<string?> TryMerge(
        ITrees trees, string? baseTree, string ours, string theirs, Func<string, TreeEntry?, TreeEntry?, TreeEntry?, Result<TreeEntry?>?> settle)
    {
        if (ours == theirs || baseTree == theirs)
        {
            return ours;
        }

        if (baseTree == ours)
        {
            return theirs;
        }

        var merge = new TreeMerge(trees, settle);
        var merged = merge.Directory(baseTree, ours, theirs, "", out bool isSure);
        if (merged.Failure is not null)
        {
            return merged;
        }

        return isSure && !merge.MayInvolveRenames ? merged : (string?)null;
    }

    /// <summary>
    /// A rename is a removal and an addition on one side. It matters only to changes of the removed path on the other side, which are changes on both sides,
    /// or to additions on the other side beside it, when a whole directory was renamed. A path that both removed may have gone to two places.
    /// </summary>
    private bool MayInvolveRenames =>
        _bothRemoved || (_oursRemoved > 0 && _theirsAdded > 0) || (_theirsRemoved > 0 && _oursAdded > 0);

    private Result<string?> Directory(string? baseTree, string? ours, string? theirs, string prefix, out bool isSure)
    {
        isSure = true;
        if (!_trees.Read(baseTree).Try(out var before, out var failure) || !_trees.Read(ours).Try(out var left, out failure) || !_trees.Read(theirs).Try(out var right, out failure))
        {
            return failure;
        }

        var merged = new List<TreeEntry>(left.Length);
        var names = new TreeNames(before, left, right);
        while (names.MoveNext())
        {
            var entry = Entry(prefix + names.Name, names.First, names.Second, names.Third, out isSure);
            if (entry.Failure is not null || !isSure)
            {
                return entry.Failure is { } problem ? problem : (string?)null;
            }

            if (entry.Try(out var chosen, out _) && chosen is { } there)
            {
                merged.Add(there with { Name = names.Name });
            }
        }

        return SameEntries(merged, left) ? ours : SameEntries(merged, right) ? theirs : _trees.Write(merged.ToArray());
    }

    private Result<TreeEntry?> Entry(string path, TreeEntry? before, TreeEntry? ours, TreeEntry? theirs, out bool isSure)
    {
        isSure = true;
        if (ours == before && theirs == before)
        {
            return before;
        }

        if (ours == theirs)
        {
            // Changed alike. A rename on either side could still make git see more in it.
            _bothRemoved |= before is not null;
            return Count(before, ours, ref _oursAdded, ref _oursRemoved) is { } failure ? failure : ours;
        }

        if (ours == before)
        {
            return Count(before, theirs, ref _theirsAdded, ref _theirsRemoved) is { } failure ? failure : theirs;
        }

        if (theirs == before)
        {
            return Count(before, ours, ref _oursAdded, ref _oursRemoved) is { } failure ? failure : ours;
        }

        bool areTrees = before is null or { IsTree: true } && ours is { IsTree: true } && theirs is { IsTree: true };
        if (!areTrees)
        {
            var settled = _settle(path, before, ours, theirs);
            isSure = settled is not null;
            return settled ?? (TreeEntry?)null;
        }

        var merged = Directory(before?.Id, ours!.Value.Id, theirs!.Value.Id, path + "/", out isSure);
        if (merged.Failure is { } problem)
        {
            return problem;
        }

        merged.Try(out string? tree, out _);
        return tree is null ? (TreeEntry?)null : new TreeEntry(TreeEntry.TreeMode, "", tree);
    }

    /// <summary>Counts the files that one side added and removed in an entry that only it changed.</summary>
    private Failure? Count(TreeEntry? before, TreeEntry? after, ref int added, ref int removed)
    {
        string? oldTree = before is { IsTree: true } ? before.Value.Id : null, newTree = after is { IsTree: true } ? after.Value.Id : null;
        added += after is { IsTree: false } && before is not { IsTree: false } ? 1 : 0;
        removed += before is { IsTree: false } && after is not { IsTree: false } ? 1 : 0;
        if (oldTree is null && newTree is null)
        {
            return null;
        }

        if (!TreeDiff.Between(_trees, oldTree, newTree).Try(out var changes, out var failure))
        {
            return failure;
        }

        foreach (var change in changes)
        {
            added += change.Before is null ? 1 : 0;
            removed += change.After is null ? 1 : 0;
        }

        return null;
    }

    private static bool SameEntries(List<TreeEntry> merged, TreeEntry[] tree)
    {
        if (merged.Count != tree.Length)
        {
            return false;
        }

        for (int i = 0; i < merged.Count; i++)
        {
            if (merged[i] != tree[i])
            {
                return false;
            }
        }

        return true;
    }
}
