using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// Makes a lane's worktree, or takes the one that is there, and brings the lanes it depends on into it (HOST §10.2.1). To be called under the mission's
/// lock. What this very call created goes again when it fails; what a killed one left behind is adopted by the next (DESIGN §11).
/// </summary>
internal sealed class LaneAllocator
{
    /// <summary>
    /// What git says, in the C locale, of a branch or directory that it is to make and that is there, or registered, or checked out. With the spaces, which no name
    /// in its message has around it.
    /// </summary>
    private const string Taken = " already ";

    /// <summary>How often it is begun anew when another git was first.</summary>
    private const int MoreTries = 3;

    private readonly GitRunner _git;
    private readonly GitRefs? _refs;
    private readonly LaneOrder _order;
    private readonly List<string> _warnings = [];
    private bool _createdParent;
    private bool _createdBranch;
    private bool _createdWorktree;
    private bool _isAnotherAtIt;
    private bool _wasAbsent;
    private string? _headBefore;

    private LaneAllocator(GitRunner git, string? commonDirectory, LaneOrder order)
    {
        _git = git;
        _refs = commonDirectory is null ? null : new GitRefs(commonDirectory, git);
        _order = order;
    }

    /// <summary>What was odd on the way; null for nothing.</summary>
    public string[] Warnings => _warnings.ToArray();

    /// <summary>Makes the worktree ready. LANE_ALLOCATION_FAILED with the reason as its message.</summary>
    /// <param name="git">In the main checkout.</param>
    /// <param name="commonDirectory">Where the refs are; null where there is no repository, which git then says in its own words.</param>
    /// <param name="order">What is wanted.</param>
    public static Result<LaneAllocator> Allocate(GitRunner git, string? commonDirectory, LaneOrder order)
    {
        var allocator = new LaneAllocator(git, commonDirectory, order);
        return (allocator.MakeReady() ?? allocator.MergeDependencies()) is { } failure ? allocator.UndoAfter(failure) : allocator;
    }

    /// <summary>Takes back what this call made, because it or a later step of it failed; that failure, with what is left in its effect.</summary>
    public Failure UndoAfter(Failure because)
    {
        _git.BeginUndo();
        bool isBack = true;
        if (_createdWorktree)
        {
            isBack = UnfinishedWorktree.Remove(_git, _order.CommonDirectory, _order.Path, _wasAbsent) is null;
        }
        else if (_headBefore is not null)
        {
            isBack = InWorktree("reset", "-q", "--hard", _headBefore).Try(out var reset, out _) && reset.IsSuccess;
        }

        // Not the branch of a worktree that is still there.
        isBack = isBack && (!_createdBranch || Delete(_order.Branch)) && (!_createdParent || Delete(_order.Parent));
        return isBack ? because : because.With(Effect.Indeterminate);
    }

    /// <summary>Not by <c>git branch -D</c>, which writes packed-refs anew: on a full disk that fails, and elsewhere it leaves an empty one.</summary>
    private bool Delete(string branch)
    {
        _git.Run("update-ref", "-d", RefNames.OfBranch(branch));
        return Exists(branch).Try(out bool exists, out _) && !exists;
    }

    private Failure? MakeReady()
    {
        var failure = TryMakeReady();
        for (int i = 0; i < MoreTries && _isAnotherAtIt && failure is { Code: ErrorCode.LaneAllocationFailed }; i++)
        {
            failure = TryMakeReady();
        }

        return failure;
    }

    private Failure? TryMakeReady()
    {
        if (UnfinishedWorktree.Clear(_git, _order.CommonDirectory, _order.Path) is { } unfinished)
        {
            return unfinished;
        }

        var site = WorktreeSite.Of(_order.Root, _order.Path, _order.CommonDirectory);
        _wasAbsent = site.IsAbsent;
        // git takes an empty directory for its own; one may be left of a call that was killed.
        return site.Fault is not null ? site.Fault
            : site.IsAbsent || site.IsEmptyDirectory ? Create()
            : site.Head.Length == 0 ? Refuse(Messages.LaneWorktreeForeign(_order.LaneId, _order.Path))
            : Reuse(site.Head);
    }

    private Failure? Reuse(string head)
    {
        if (IsBare() && Fill() is { } notFilled)
        {
            return notFilled;
        }

        if (!InWorktree("status", "--porcelain").Try(out var status, out var failure))
        {
            return failure;
        }

        if (!status.IsSuccess)
        {
            return status.IsOfTheMachine ? status.ToFailure() : Refuse(Messages.LaneWorktreeUnusable(_order.LaneId, _order.Path, status.ErrorText));
        }

        if (!status.Output.IsEmpty)
        {
            return Refuse(Messages.LaneWorktreeDirty(_order.LaneId, _order.Path));
        }

        return head == _order.Branch ? null : Refuse(Messages.LaneWorktreeElsewhere(_order.LaneId, _order.Path, head, _order.Branch));
    }

    /// <summary>Checks out what a bare worktree is to hold, unless its index says that somebody has removed it.</summary>
    private Failure? Fill() =>
        !InWorktree("ls-files").Try(out var known, out var failure) ? failure
        : !known.IsSuccess ? known.IsOfTheMachine ? known.ToFailure() : null
        : !known.Output.IsEmpty ? null
        : _order.LeftOut.Length > 0 ? CheckOutSparsely() : Check(InWorktree("read-tree", "-mu", "HEAD"));

    /// <summary>Nothing is in the worktree yet: a call was killed between adding it and filling it.</summary>
    private bool IsBare()
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(_order.Path))
        {
            if (!entry.EndsWith("/.git", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return File.Exists(_order.Path + "/.git");
    }

    private Failure? Create()
    {
        if (!Exists(_order.Branch).Try(out bool branchExists, out var failure))
        {
            return failure;
        }

        if (branchExists)
        {
            // A killed call, or somebody who removed the directory: git still has it registered.
            return Check(_git.Run("worktree", "prune")) ?? Noticing(Add(_order.Path, _order.Branch));
        }

        if (!Exists(_order.Parent).Try(out bool parentExists, out failure))
        {
            return failure;
        }

        if (!parentExists)
        {
            failure = Noticing(Check(_git.Run("branch", "--no-track", _order.Parent, _order.ParentStart)));
            _createdParent = failure is null;
        }

        if (failure is null)
        {
            // git makes the branch before it finds that it cannot make the worktree, and leaves it.
            _createdBranch = true;
            failure = Noticing(Add("--no-track", "-b", _order.Branch, _order.Path, _order.Parent));
        }

        return failure;
    }

    /// <summary>
    /// What was not there before git was started was there for git: no call can have made it, under this lock, but the git of one that was killed. That is still at
    /// the same work, and what it makes is taken.
    /// </summary>
    private Failure? Noticing(Failure? failure)
    {
        bool isTaken = failure is not null && failure.Message.Contains(Taken, StringComparison.Ordinal);
        _isAnotherAtIt |= isTaken;
        _wasAbsent &= !isTaken;
        return failure;
    }

    private Failure? Add(params ReadOnlySpan<string> arguments)
    {
        bool isSparse = _order.LeftOut.Length > 0;
        // Ended in the middle of it, git may have made a part.
        _createdWorktree = true;
        var failure = Check(_git.Run(["worktree", "add", "-q", .. isSparse ? ["--no-checkout"] : ReadOnlySpan<string>.Empty, .. arguments]));
        return failure ?? (isSparse ? CheckOutSparsely() : null);
    }

    /// <summary>The status files belong to the coordination branch alone: a lane that carried copies would bring old rows back when it lands.</summary>
    private Failure? CheckOutSparsely()
    {
        var patterns = new StringBuilder("/*\n");
        foreach (string path in _order.LeftOut)
        {
            patterns.Append("!/").Append(path).Append('\n');
        }

        var options = new GitOptions { Directory = _order.Path, Input = Encoding.UTF8.GetBytes(patterns.ToString()) };
        return Check(_git.Run(options, "sparse-checkout", "set", "--no-cone", "--stdin")) ?? Check(InWorktree("read-tree", "-mu", "HEAD"));
    }

    private Failure? MergeDependencies()
    {
        foreach (var dependency in _order.Dependencies)
        {
            if (!Exists(dependency.Branch).Try(out bool exists, out var failure))
            {
                return failure;
            }

            if (!exists)
            {
                _warnings.Add(Messages.LaneDependencyMissing(dependency.LaneId, dependency.Branch, _order.LaneId));
                continue;
            }

            if (Merge(dependency) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    private Failure? Merge(LaneDependency dependency)
    {
        if (!InWorktree("merge-base", "--is-ancestor", dependency.Branch, "HEAD").Try(out var ancestor, out var failure))
        {
            return failure;
        }

        if (ancestor.IsSuccess)
        {
            return null;
        }

        if (!InWorktree("rev-parse", "HEAD").Try(out var head, out failure))
        {
            return failure;
        }

        if (!head.IsSuccess)
        {
            return head.ToFailure();
        }

        _headBefore ??= head.Text;
        string message = $"Merge dependency lane {dependency.LaneId} into {_order.LaneId}";
        var options = new GitOptions { Directory = _order.Path, RunsHooks = true, Configuration = ["-c", "maintenance.auto=false"] };
        if (!_git.Run(options, "merge", "-q", "--no-edit", "-m", message, dependency.Branch).Try(out var merged, out failure))
        {
            return failure;
        }

        if (merged.IsSuccess)
        {
            return null;
        }

        InWorktree("merge", "--abort");
        return merged.IsOfTheMachine ? merged.ToFailure() : Refuse(Messages.LaneDependencyConflicts(dependency.LaneId, dependency.Branch, _order.LaneId));
    }

    private Result<bool> Exists(string branch) =>
        _refs is null ? false : _refs.Find(RefNames.OfBranch(branch)).Try(out string? tip, out var failure) ? tip is not null : failure;

    private Result<GitOutcome> InWorktree(params ReadOnlySpan<string> arguments) => _git.Run(new GitOptions { Directory = _order.Path }, arguments);

    private Failure? Check(Result<GitOutcome> result) =>
        !result.Try(out var outcome, out var failure) ? failure
        : outcome.IsSuccess ? null
        : outcome.IsOfTheMachine ? outcome.ToFailure()
        : Refuse(Messages.LaneWorktreeFailed(_order.Path, outcome.ErrorText));

    private static Failure Refuse(string reason) => new(ErrorCode.LaneAllocationFailed, reason);
}
