using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// Does what a plan says, all of it or nothing (docs/adr/0006): the indexes of the checkouts are held, the journal is durable, then one transaction moves the
/// refs; the checkouts follow; the rows are appended. Until then everything can be taken back, and is, if a step fails. What is left over goes last.
/// </summary>
internal sealed class MergeExecution
{
    private readonly MergeJob _job;
    private readonly MergeRepository _repository;
    private readonly IMergeStatus _status;
    private readonly MergePlan _plan;
    private readonly MergeOutcome _outcome = new();

    public MergeExecution(MergeJob job, MergeRepository repository, IMergeStatus status, MergePlan plan)
    {
        _job = job;
        _repository = repository;
        _status = status;
        _plan = plan;
    }

    /// <summary>Carries the plan out. On failure nothing has changed, or the effect says otherwise and the journal is still there.</summary>
    public Result<MergeOutcome> Run()
    {
        if ((Signals.Failure() ?? (_repository.Git.Deadline.IsOver ? _repository.Git.Deadline.Exceeded("planning the merge") : null)) is { } stop)
        {
            return stop;
        }

        using var mover = new WorktreeMover(_repository);
        var failure = mover.Hold(_plan.Moves) ?? MoveRefs();
        if (failure is not null)
        {
            return failure.Effect == Effect.None ? failure : Leave(failure, mover);
        }

        foreach (var move in _plan.Moves)
        {
            if (mover.Move(move) is { } stuck)
            {
                return TakeBack(stuck, mover);
            }
        }

        if (WriteStatus() is { } unwritten)
        {
            return unwritten.Effect == Effect.None ? TakeBack(unwritten, mover) : Leave(unwritten, mover);
        }

        return mover.Commit() is { } uncommitted ? Leave(InTheMiddle(uncommitted), mover) : Finish();
    }

    /// <summary>A merge that the next call has to finish: the refs have moved.</summary>
    public static Failure InTheMiddle(Failure failure) => new(failure.Code, failure.Message, failure.Data) { Effect = Effect.Committed, Retryable = true };

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
            // Once more for what could not be looked at or removed for a moment: later nobody knows whose the worktree was.
            if (WorktreeRemover.Remove(removal) || WorktreeRemover.Remove(removal))
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
        if (!_plan.WritesStatus)
        {
            return null;
        }

        // With the log there and the snapshot not, the next call goes on from the journal.
        return Replace(_status.LogPath, _status.Log) ?? Replace(_status.SnapshotPath, _status.Snapshot)?.With(Effect.Indeterminate);
    }

    private Failure? Replace(string path, ReadOnlyMemory<byte> content) =>
        content.IsEmpty ? null : DurableFile.Replace(_job.Root + "/" + path, content.Span, sync: true);

    private Failure? MoveRefs()
    {
        if (_plan.Refs.Count == 0)
        {
            return null;
        }

        if (!RefTransaction.Prepare(_repository.Git, _job.CommonDirectory, _plan.Refs, "spec-kitty: merge " + _job.Mission).Try(out var transaction, out var failure))
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

    /// <summary>Leaves the checkouts as a kill would: what nobody finished or took back is no state to commit anything from.</summary>
    private static Failure Leave(Failure failure, WorktreeMover mover)
    {
        mover.Abandon();
        return failure;
    }

    /// <summary>Takes back what was done: checkouts, then refs. What cannot be taken back is left to the journal.</summary>
    private Failure TakeBack(Failure because, WorktreeMover mover)
    {
        _repository.Git.BeginUndo();
        bool isBack = mover.Undo();
        if (isBack && _plan.Refs.Count > 0)
        {
            var back = new Items<RefMove>();
            foreach (var move in _plan.Refs)
            {
                back.Add(new RefMove(move.Name, move.New, move.Old));
            }

            isBack = RefTransaction.Prepare(_repository.Git, _job.CommonDirectory, back, "spec-kitty: take back merge " + _job.Mission).Try(out var transaction, out _);
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
        else
        {
            mover.Abandon();
        }

        return new Failure(because.Code, because.Message, because.Data) { Effect = isBack ? Effect.None : Effect.Indeterminate, Retryable = because.Retryable || !isBack };
    }
}
