using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// What the next call does about a merge that was killed (docs/adr/0006). No ref has moved: it never happened. Any has: it is finished. Where somebody has
/// since moved the target elsewhere, there is nothing to finish.
/// </summary>
internal sealed class MergeRecovery
{
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
    /// <param name="journal">The journal.</param>
    /// <returns>What was finished; null where there was nothing to finish and a new merge can begin.</returns>
    public Result<MergeOutcome?> Run(MergeJournal.Content journal)
    {
        var plan = journal.Plan;
        var execution = new MergeExecution(_job, _repository, _status, plan);
        if (journal.IsLanded)
        {
            return execution.Finish();
        }

        // A git that still moves the refs of the killed call is waited for; only then do they tell.
        RefLocks.Settle(RefLocks.Of(_job.CommonDirectory, plan.Refs), _repository.Git.Deadline);
        if (!HasBegun(plan, _job.CommonDirectory, _repository).Try(out bool hasBegun, out var failure))
        {
            return failure;
        }

        if (!hasBegun)
        {
            return Forget(plan) is { } unforgotten ? unforgotten : (MergeOutcome?)null;
        }

        _repository.Git.IsInterruptible = false;
        using var mover = new WorktreeMover(_repository);
        failure = MoveRest(plan.Refs, "spec-kitty: finish merge ") ?? Follow(plan, mover, journal.WrittenAt) ?? TakeLanded(plan) ?? execution.WriteStatus() ?? mover.Commit();
        if (failure is not null)
        {
            mover.Abandon();
            return MergeExecution.InTheMiddle(failure);
        }

        return execution.Finish();
    }

    /// <summary>Whether the refs of a plan have moved: any of them, or the target beyond what landed.</summary>
    public static Result<bool> HasBegun(MergePlan plan, string commonDirectory, MergeRepository repository)
    {
        bool hasMoved = false;
        var refs = new GitRefs(commonDirectory, repository.Git);
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
                return repository.Graph.IsAncestor(plan.Landed, now);
            }

            hasMoved |= now == move.New;
        }

        return hasMoved;
    }

    /// <summary>As if it had never been. Branches that went with a target which somebody has taken back since come back too.</summary>
    private Failure? Forget(MergePlan plan)
    {
        var back = new Items<RefMove>();
        foreach (var move in plan.Refs)
        {
            if (move.Name != RefNames.OfBranch(plan.Target))
            {
                back.Add(new RefMove(move.Name, move.New, move.Old));
            }
        }

        if (MoveRest(back, "spec-kitty: take back merge ") is { } unmoved)
        {
            return unmoved;
        }

        foreach (var move in plan.Moves)
        {
            HeldIndex.Clear(move.GitDirectory);
        }

        MergeJournal.Remove(_job.JournalPath);
        return null;
    }

    /// <summary>git moves the refs of a transaction one by one in the end; killed just there it leaves some behind.</summary>
    private Failure? MoveRest(Items<RefMove> moves, string reason)
    {
        var rest = new Items<RefMove>();
        var refs = new GitRefs(_job.CommonDirectory, _repository.Git);
        foreach (var move in moves)
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

        if (rest.Count == 0)
        {
            return null;
        }

        if (!RefTransaction.Prepare(_repository.Git, _job.CommonDirectory, rest, reason + _job.Mission).Try(out var transaction, out var unprepared))
        {
            return unprepared;
        }

        using (transaction)
        {
            return transaction.Commit();
        }
    }

    /// <summary>Takes the checkouts along, but for those that have turned to something else meanwhile.</summary>
    private Failure? Follow(MergePlan plan, WorktreeMover mover, long since)
    {
        var refs = new GitRefs(_job.CommonDirectory, _repository.Git);
        foreach (var move in plan.Moves)
        {
            if (Posix.Stat(move.Path, out _) < 0)
            {
                continue;
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
                HeldIndex.Clear(move.GitDirectory);
                continue;
            }

            if (mover.Resume(move, since) is { } stuck)
            {
                return stuck;
            }
        }

        return null;
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
}
