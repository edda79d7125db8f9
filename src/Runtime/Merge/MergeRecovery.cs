using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// What the next call does about a merge that was killed (docs/merge-journal.md). No ref has moved: it never happened. Any has: it is finished. Where somebody has
/// since moved the target elsewhere, there is nothing to finish.
/// </summary>
internal sealed class MergeRecovery
{
    /// <summary>Milliseconds after which a lock that a journal explains, and nobody has touched meanwhile, is taken for a killed git's.</summary>
    private const int StaleAfter = 5_000;

    private readonly MergeJob _job;
    private readonly MergeRepository _repository;
    private readonly IMergeStatus _status;

    public MergeRecovery(MergeJob job, MergeRepository repository, IMergeStatus status)
    {
        _job = job;
        _repository = repository;
        _status = status;
    }

    /// <summary>Finishes or forgets the merge that the journal tells of.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="isLanded">Whether only leftovers were left.</param>
    /// <returns>What was finished; null where there was nothing to finish and a new merge can begin.</returns>
    public Result<MergeOutcome?> Run(MergePlan plan, bool isLanded)
    {
        var execution = new MergeExecution(_job, _repository, _status, plan);
        if (isLanded)
        {
            return execution.Finish();
        }

        if (!HasBegun(plan).Try(out bool hasBegun, out var failure))
        {
            return failure;
        }

        if (!hasBegun)
        {
            MergeJournal.Remove(_job.JournalPath);
            return (MergeOutcome?)null;
        }

        _repository.Git.IsInterruptible = false;
        if (MoveRest(plan) is { } unmoved)
        {
            return InTheMiddle(unmoved);
        }

        foreach (var move in plan.Moves)
        {
            if (Follow(move) is { } stuck)
            {
                return InTheMiddle(stuck);
            }
        }

        if (TakeLanded(plan) is { } untaken)
        {
            return InTheMiddle(untaken);
        }

        return execution.WriteStatus() is { } unwritten ? InTheMiddle(unwritten) : execution.Finish();
    }

    private static Failure InTheMiddle(Failure failure) => new(failure.Code, failure.Message, failure.Data) { Effect = Effect.Committed, Retryable = true };

    /// <summary>Whether the target is at what landed, or beyond.</summary>
    private Result<bool> HasBegun(MergePlan plan)
    {
        bool hasMoved = false;
        var refs = new GitRefs(_job.CommonDirectory, _repository.Git);
        foreach (var move in plan.Refs)
        {
            var found = refs.Find(move.Name);
            if (found.Failure is { } failure)
            {
                return failure;
            }

            found.Try(out string? now, out _);
            if (move.Name == RefNames.OfBranch(plan.Target) && now is not null && now != move.New && now != move.Old)
            {
                // Somebody went on from there, or went back.
                return _repository.Graph.IsAncestor(plan.Landed, now);
            }

            hasMoved |= now == move.New;
        }

        return hasMoved;
    }

    /// <summary>git moves the refs of a transaction one by one in the end; killed just there it leaves some behind, and their locks.</summary>
    private Failure? MoveRest(MergePlan plan)
    {
        var rest = new List<RefMove>();
        var refs = new GitRefs(_job.CommonDirectory, _repository.Git);
        foreach (var move in plan.Refs)
        {
            var found = refs.Find(move.Name);
            if (found.Failure is { } failure)
            {
                return failure;
            }

            found.Try(out string? now, out _);
            if (now != move.New && now == move.Old)
            {
                rest.Add(move);
            }
        }

        foreach (var move in plan.Refs)
        {
            Unlock(_job.CommonDirectory + "/" + move.Name + ".lock");
        }

        Unlock(_job.CommonDirectory + "/packed-refs.lock");
        if (rest.Count == 0)
        {
            return null;
        }

        if (!RefTransaction.Prepare(_repository.Git, rest, "spec-kitty: finish merge " + _job.Mission).Try(out var transaction, out var unprepared))
        {
            return unprepared;
        }

        using (transaction)
        {
            return transaction.Commit();
        }
    }

    /// <summary>Takes a checkout along, unless it has turned to something else meanwhile.</summary>
    private Failure? Follow(WorktreeMove move)
    {
        var refs = new GitRefs(_job.CommonDirectory, _repository.Git);
        if (Posix.Stat(move.Path, out _) < 0)
        {
            return null;
        }

        if (!refs.HeadOf(move.GitDirectory, move.Path).Try(out var head, out var failure))
        {
            return failure;
        }

        var found = refs.Find(move.Branch);
        if (found.Failure is { } unread)
        {
            return unread;
        }

        found.Try(out string? now, out _);
        if (head.Branch is null || RefNames.OfBranch(head.Branch) != move.Branch || now != move.To)
        {
            return null;
        }

        Unlock(move.GitDirectory + "/index.lock");
        return new WorktreeMover(_repository).Resume(move);
    }

    /// <summary>Rows that landed and are not in the mission's own log yet are to be appended.</summary>
    private Failure? TakeLanded(MergePlan plan)
    {
        if (!_repository.TreeOf(plan.Landed).Try(out string? tree, out var failure))
        {
            return failure;
        }

        var read = _repository.ReadFile(tree, _status.LogPath);
        if (read.Failure is { } unread)
        {
            return unread;
        }

        if (read.Try(out byte[]? log, out _) && log is not null && _status.Take(log, plan.Target + ":" + _status.LogPath) is { } conflict)
        {
            return new Failure(ErrorCode.MergeConflict, conflict);
        }

        return _status.Prepare([]);
    }

    /// <summary>
    /// Removes a lock file of a git that was killed with the merge. One that a living git holds goes by itself within the wait; a fresh one is left, and with it
    /// the rest of the work to a later call.
    /// </summary>
    private void Unlock(string path)
    {
        if (Posix.Stat(path, out var before, followLink: false) < 0 || IndexLock.WaitFree(path, StaleAfter, _repository.Git.Deadline))
        {
            return;
        }

        if (Posix.Stat(path, out var after, followLink: false) >= 0 && after.IsSameFileAs(before) && after.Changed == before.Changed)
        {
            Posix.Unlink(path);
        }
    }
}
