using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// Does what a plan says, all of it or nothing (docs/merge-journal.md): the journal is durable before the one transaction that moves the refs; the checkouts
/// follow; the rows are appended. Until then everything can be taken back, and is, if a step fails. What is left over goes last.
/// </summary>
internal sealed class MergeExecution
{
    private readonly MergeJob _job;
    private readonly MergeRepository _repository;
    private readonly IMergeStatus _status;
    private readonly MergePlan _plan;
    private readonly MergeOutcome _outcome = new();
    private readonly WorktreeMover _mover;

    public MergeExecution(MergeJob job, MergeRepository repository, IMergeStatus status, MergePlan plan)
    {
        _job = job;
        _repository = repository;
        _status = status;
        _plan = plan;
        _mover = new WorktreeMover(repository);
    }

    /// <summary>Carries the plan out. On failure nothing has changed, or the effect says otherwise and the journal is still there.</summary>
    public Result<MergeOutcome> Run()
    {
        if ((Signals.Failure() ?? (_repository.Git.Deadline.IsOver ? _repository.Git.Deadline.Exceeded("planning the merge") : null)) is { } stop)
        {
            return stop;
        }

        if (MoveRefs() is { } unmoved)
        {
            return unmoved;
        }

        var moved = new List<WorktreeMove>();
        foreach (var move in _plan.Moves)
        {
            if (_mover.Move(move) is { } failure)
            {
                return TakeBack(failure, moved);
            }

            moved.Add(move);
        }

        if (WriteStatus() is { } unwritten)
        {
            return unwritten.Effect == Effect.None ? TakeBack(unwritten, moved) : unwritten;
        }

        return Finish();
    }

    /// <summary>What is left once refs, checkouts and rows are where they belong: worktrees nobody needs, and the journal.</summary>
    public MergeOutcome Finish()
    {
        if (_plan.Removals.Count > 0)
        {
            MergeJournal.Write(_job.JournalPath, _plan, isLanded: true);
        }

        _outcome.KeptWorktrees.AddRange(_plan.KeptWorktrees);
        foreach (var removal in _plan.Removals)
        {
            if (WorktreeRemover.Remove(removal))
            {
                _outcome.HasRemovedWorktrees = true;
            }
            else
            {
                _outcome.KeptWorktrees.Add(removal.Path);
                _outcome.Warnings.Add(Messages.MergeWorktreeStays(removal.Path));
            }
        }

        MergeJournal.Remove(_job.JournalPath);
        return _outcome;
    }

    /// <summary>Appends the rows, or, where the worktree that had the log goes, leaves what landed in the main checkout.</summary>
    public Failure? WriteStatus()
    {
        if (!_status.Append().Try(out var warnings, out var failure))
        {
            return failure;
        }

        _outcome.Warnings.AddRange(warnings);
        return _plan.WritesStatus ? Replace(_status.LogPath, _status.Log) ?? Replace(_status.SnapshotPath, _status.Snapshot) : null;
    }

    private Failure? Replace(string path, ReadOnlyMemory<byte> content) =>
        content.IsEmpty ? null : DurableFile.Replace(_job.Root + "/" + path, content.Span, sync: true);

    private Failure? MoveRefs()
    {
        if (_plan.Refs.Count == 0)
        {
            return null;
        }

        if (!RefTransaction.Prepare(_repository.Git, _plan.Refs, "spec-kitty: merge " + _job.Mission).Try(out var transaction, out var failure))
        {
            return failure;
        }

        using (transaction)
        {
            if (MergeJournal.Write(_job.JournalPath, _plan, isLanded: false) is { } unwritten)
            {
                MergeJournal.Remove(_job.JournalPath);
                return unwritten;
            }

            // From here on the call is finished, whoever asks it to stop; the deadline still ends a git that hangs.
            _repository.Git.IsInterruptible = false;
            failure = transaction.Commit();
        }

        return failure is null || HaveMoved() ? null : Abandoned(failure);
    }

    /// <summary>After a commit of which nobody heard the end: whether the refs are where they should be.</summary>
    private bool HaveMoved()
    {
        var refs = new GitRefs(_job.CommonDirectory, _repository.Git);
        foreach (var move in _plan.Refs)
        {
            if (!refs.Find(move.Name).Try(out string? now, out var failure) && failure is not null || now != move.New)
            {
                return false;
            }
        }

        return true;
    }

    private Failure Abandoned(Failure failure)
    {
        var refs = new GitRefs(_job.CommonDirectory, _repository.Git);
        foreach (var move in _plan.Refs)
        {
            if (!refs.Find(move.Name).Try(out string? now, out var unread) && unread is not null || now != move.Old)
            {
                // Some moved and some did not: a git that was killed in the middle of it. The next call goes on from the journal.
                return new Failure(failure.Code, failure.Message, failure.Data) { Effect = Effect.Indeterminate, Retryable = true };
            }
        }

        MergeJournal.Remove(_job.JournalPath);
        return failure;
    }

    /// <summary>Takes back what was done: checkouts, then refs. What cannot be taken back is left to the journal.</summary>
    private Failure TakeBack(Failure because, List<WorktreeMove> moved)
    {
        bool isBack = true;
        for (int i = moved.Count - 1; i >= 0; i--)
        {
            isBack &= _mover.Undo(moved[i]) is null;
        }

        if (isBack && _plan.Refs.Count > 0)
        {
            var back = new List<RefMove>();
            foreach (var move in _plan.Refs)
            {
                back.Add(new RefMove(move.Name, move.New, move.Old));
            }

            isBack = RefTransaction.Prepare(_repository.Git, back, "spec-kitty: take back merge " + _job.Mission).Try(out var transaction, out _);
            if (isBack)
            {
                using (transaction)
                {
                    isBack = transaction!.Commit() is null;
                }
            }
        }

        if (isBack)
        {
            MergeJournal.Remove(_job.JournalPath);
        }

        return new Failure(because.Code, because.Message, because.Data) { Effect = isBack ? Effect.None : Effect.Indeterminate, Retryable = because.Retryable || !isBack };
    }
}
