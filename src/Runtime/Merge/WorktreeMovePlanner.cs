using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>Plans how one checkout follows its branch, and tells what in it is in the way.</summary>
internal sealed class WorktreeMovePlanner
{
    private readonly MergeRepository _repository;
    private readonly BookkeepingFiles _files;
    private readonly OwnFiles _own;
    private readonly IMergeStatus _status;
    private readonly MergeProblems _problems;

    public WorktreeMovePlanner(MergeRepository repository, BookkeepingFiles files, OwnFiles own, IMergeStatus status, MergeProblems problems)
    {
        _repository = repository;
        _files = files;
        _own = own;
        _status = status;
        _problems = problems;
    }

    /// <summary>The move; null where something is in the way.</summary>
    public Result<WorktreeMove?> Plan(WorktreeView view, string branch, string old, Landing landing)
    {
        var worktree = view.Worktree;
        if (Object(view, branch))
        {
            return (WorktreeMove?)null;
        }

        if (!_repository.TreeOf(old).Try(out string? oldTree, out var failure))
        {
            return failure;
        }

        var taken = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
        var left = new List<string>();
        if (worktree.IsMain)
        {
            if (Sort(view, oldTree, taken, left) is { } unsorted)
            {
                return unsorted;
            }
        }
        else
        {
            // The mission's own files are the main checkout's business; a change of them here stays what it is, a change.
            left = view.Own(_files);
        }

        if (!TreeDiff.Between(_repository.Trees, oldTree, landing.Tree).Try(out var changes, out failure)
            || !Overwritten(worktree, oldTree, changes, taken, left).Try(out var overwritten, out failure))
        {
            return failure;
        }

        if (overwritten.Count > 0)
        {
            _problems.Add(ErrorCode.WorktreeDirty, Messages.MergeWorktreeOverwritten(branch, worktree.Path, MergePlanner.Listed(overwritten)));
            return (WorktreeMove?)null;
        }

        if (!TreeEdit.Apply(_repository.Trees, oldTree, taken).Try(out string? fromTree, out failure) || !Kept(landing.Tree, left).Try(out var kept, out failure))
        {
            return failure;
        }

        return new WorktreeMove
        {
            Path = worktree.Path,
            GitDirectory = worktree.GitDirectory,
            Branch = RefNames.OfBranch(branch),
            From = old,
            FromTree = fromTree!,
            To = landing.Commit,
            Taken = [.. taken.Keys],
            Kept = kept,
        };
    }

    /// <summary>Tells of everything that keeps the checkout from moving wherever its branch goes; false for nothing.</summary>
    public bool Object(WorktreeView view, string branch)
    {
        bool objects = false;
        var worktree = view.Worktree;
        var foreign = view.Foreign(_files);
        if (foreign.Count > 0)
        {
            objects = true;
            _problems.Add(ErrorCode.WorktreeDirty, Messages.MergeWorktreeChanged(branch, worktree.Path, MergePlanner.Listed(foreign)));
        }

        if (worktree.HasOperation)
        {
            objects = true;
            _problems.Add(ErrorCode.WorktreeDirty, Messages.MergeWorktreeBusy(branch, worktree.Path));
        }

        if (!HeldIndex.WaitFree(worktree.GitDirectory, Deadline.LockTimeout(), _repository.Git.Deadline))
        {
            objects = true;
            _problems.Add(ErrorCode.LockTimeout, Messages.IndexLocked(worktree.IndexLock));
        }

        return objects;
    }

    /// <summary>In the main checkout: log and snapshot are written by us; the other own files are taken into the index as they are, and go on from there.</summary>
    private Failure? Sort(WorktreeView view, string oldTree, Dictionary<string, TreeEntry?> taken, List<string> left)
    {
        var gone = new List<string>();
        if (view.AddGone(_files, gone) is { } unseen)
        {
            return unseen;
        }

        if (!_own.Against(oldTree, gone).Try(out var own, out var failure))
        {
            return failure;
        }

        foreach (var (path, entry) in own)
        {
            if (_files.IsStatus(path))
            {
                left.Add(path);
            }
            else
            {
                taken[path] = entry;
            }
        }

        // Changed, and yet as the branch has it, or as it lands: staged in another form, or with other line ends.
        foreach (string path in view.Own(_files))
        {
            if (_files.IsStatus(path) && !left.Has(path))
            {
                left.Add(path);
            }
            else if (!_files.IsStatus(path) && !taken.ContainsKey(path))
            {
                var found = TreeEdit.Find(_repository.Trees, oldTree, path);
                if (found.Failure is { } unread)
                {
                    return unread;
                }

                found.Try(out var entry, out _);
                taken[path] = entry;
            }
        }

        return null;
    }

    /// <summary>Files that nobody committed and the landing has others for.</summary>
    private Result<List<string>> Overwritten(GitWorktree worktree, string oldTree, List<TreeChange> changes, Dictionary<string, TreeEntry?> taken, List<string> left)
    {
        var overwritten = new List<string>();
        foreach (var change in changes)
        {
            if (change.Before is not null || change.After is null || taken.ContainsKey(change.Path))
            {
                continue;
            }

            string path = worktree.Path + "/" + BookkeepingFiles.Text(change.Path);
            int error = Posix.Stat(path, out var facts, followLink: false);
            if (error == -Errno.NotDirectory)
            {
                // A file stands where a directory has to be. If it is tracked it goes; else it is in the way.
                if (!IsReplaced(changes, change.Path))
                {
                    overwritten.Add(change.Path);
                }

                continue;
            }

            if (error < 0)
            {
                continue;
            }

            if (_files.Contains(change.Path))
            {
                // The mission's own, and new to the branch: it stays as it is here, and the index takes what landed.
                if (!left.Has(change.Path))
                {
                    left.Add(change.Path);
                }

                continue;
            }

            var found = TreeEdit.Find(_repository.Trees, oldTree, change.Path);
            if (found.Failure is { } failure)
            {
                return failure;
            }

            // A directory of tracked files makes room for a file by going; git sees to what else is in it.
            found.Try(out var entry, out _);
            if (!(facts.IsDirectory && entry is { IsTree: true }))
            {
                overwritten.Add(change.Path);
            }
        }

        return overwritten;
    }

    /// <summary>Whether some directory on the way to <paramref name="path"/> is a tracked file that goes.</summary>
    private static bool IsReplaced(List<TreeChange> changes, string path)
    {
        foreach (var change in changes)
        {
            if (change.Before is not null && change.After is null && path.StartsWith(change.Path + "/", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private Result<Items<KeptEntry>> Kept(string tree, List<string> left)
    {
        var kept = new Items<KeptEntry>();
        foreach (string path in left)
        {
            var found = TreeEdit.Find(_repository.Trees, tree, path);
            if (found.Failure is { } failure)
            {
                return failure;
            }

            found.Try(out var entry, out _);
            kept.Add(new KeptEntry(path, entry?.Mode, entry?.Id));
        }

        return kept;
    }
}
