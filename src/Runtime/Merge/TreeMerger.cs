using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;

namespace SpecKitty.Merge;

/// <summary>
/// Merges commits in memory: by <see cref="TreeMerge"/> where nothing changed on both sides, else by <c>git merge-tree</c>. The mission's own files never
/// conflict: the log is united, of the others ours stays.
/// </summary>
internal sealed class TreeMerger
{
    private readonly MergeRepository _repository;
    private readonly BookkeepingFiles _files;
    private readonly IMergeStatus _status;

    public TreeMerger(MergeRepository repository, BookkeepingFiles files, IMergeStatus status)
    {
        _repository = repository;
        _files = files;
        _status = status;
    }

    /// <summary>The tree of both commits together.</summary>
    /// <param name="ours">A commit.</param>
    /// <param name="theirs">Another.</param>
    /// <param name="conflicts">Gets the paths, as text, that both changed in different ways; then there is no tree.</param>
    public Result<string?> Merge(string ours, string theirs, List<string> conflicts)
    {
        if (!_repository.Graph.MergeBases(ours, theirs).Try(out var bases, out var failure)
            || !_repository.TreeOf(ours).Try(out string? ourTree, out failure) || !_repository.TreeOf(theirs).Try(out string? theirTree, out failure))
        {
            return failure;
        }

        if (bases.Count == 1)
        {
            if (!_repository.TreeOf(bases[0]).Try(out string? baseTree, out failure))
            {
                return failure;
            }

            var quick = TreeMerge.TryMerge(_repository.Trees, baseTree, ourTree, theirTree, Settle);
            if (quick.Failure is not null || (quick.Try(out string? merged, out _) && merged is not null))
            {
                return quick;
            }
        }

        return Ask(ours, theirs, ourTree, theirTree, conflicts);
    }

    /// <summary>
    /// Three trees, where the base is the parent of both sides: <paramref name="theirs"/> is what a commit made of <paramref name="baseCommit"/>, and the same is to
    /// be made of <paramref name="ourTree"/>. git merges commits only, so where it is asked, ours becomes one.
    /// </summary>
    public Result<string?> Reapply(string baseCommit, string ourTree, string theirs, List<string> conflicts)
    {
        if (!_repository.TreeOf(baseCommit).Try(out string? baseTree, out var failure) || !_repository.TreeOf(theirs).Try(out string? theirTree, out failure))
        {
            return failure;
        }

        var quick = TreeMerge.TryMerge(_repository.Trees, baseTree, ourTree, theirTree, Settle);
        if (quick.Failure is not null || (quick.Try(out string? merged, out _) && merged is not null))
        {
            return quick;
        }

        return _repository.Writer.Commit(ourTree, [baseCommit], "x\n").Try(out string? ours, out failure) ? Ask(ours, theirs, ourTree, theirTree, conflicts) : failure;
    }

    private Result<string?> Ask(string ours, string theirs, string ourTree, string theirTree, List<string> conflicts)
    {
        if (!_repository.Git.Run("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs).Try(out var outcome, out var failure))
        {
            return failure;
        }

        // Status 1: conflicts, which are listed behind the tree. Anything else is an error, such as histories that have nothing in common.
        string[] parts = Encoding.Latin1.GetString(outcome.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (outcome.Signal != 0 || outcome.ExitStatus is not (0 or 1) || parts.Length == 0)
        {
            return outcome.ToFailure();
        }

        var own = new List<string>();
        for (int i = 1; i < parts.Length; i++)
        {
            if (_files.Contains(parts[i]))
            {
                own.Add(parts[i]);
            }
            else
            {
                conflicts.Add(BookkeepingFiles.Text(parts[i]));
            }
        }

        if (conflicts.Count > 0)
        {
            return (string?)null;
        }

        // Where git merged the log by its lines the result may be anything.
        if (!own.Has(_files.LogPath))
        {
            own.Add(_files.LogPath);
        }

        return Repair(parts[0], ourTree, theirTree, own);
    }

    private Result<string?> Repair(string merged, string ourTree, string theirTree, List<string> paths)
    {
        var files = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            var mine = TreeEdit.Find(_repository.Trees, ourTree, path);
            var other = TreeEdit.Find(_repository.Trees, theirTree, path);
            if ((mine.Failure ?? other.Failure) is { } failure)
            {
                return failure;
            }

            mine.Try(out var ours, out _);
            other.Try(out var theirs, out _);
            var settled = Settled(path, ours, theirs);
            if (settled.Failure is { } unsettled)
            {
                return unsettled;
            }

            settled.Try(out var entry, out _);
            files[path] = entry;
        }

        return TreeEdit.Apply(_repository.Trees, merged, files);
    }

    /// <summary>For <see cref="TreeMerge"/>: log and snapshot have rules of their own, everything else has git's.</summary>
    private Result<TreeEntry?>? Settle(string path, TreeEntry? before, TreeEntry? ours, TreeEntry? theirs) =>
        _files.IsStatus(path) ? Settled(path, ours, theirs) : (Result<TreeEntry?>?)null;

    /// <summary>The union of two logs; of anything else ours, or the one that is there.</summary>
    private Result<TreeEntry?> Settled(string path, TreeEntry? ours, TreeEntry? theirs)
    {
        if (path != _files.LogPath || ours is not { IsTree: false } || theirs is not { IsTree: false } || ours.Value.Id == theirs.Value.Id)
        {
            return ours ?? theirs;
        }

        if (!_repository.Objects.Read(ours.Value.Id, GitObject.Blob).Try(out var mine, out var failure) || !_repository.Objects.Read(theirs.Value.Id, GitObject.Blob).Try(out var others, out failure))
        {
            return failure;
        }

        if (_status.Unite(mine.Content, others.Content, out var union) is { } problem)
        {
            return new Failure(ErrorCode.MergeConflict, problem);
        }

        return _repository.Writer.WriteBlob(union.Span).Try(out string? blob, out failure) ? (TreeEntry?)(ours.Value with { Id = blob }) : failure;
    }
}
