using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>
/// A change of a mission's status under way: the lock is held, the log is read. Without a coordination branch an append is the whole of it; with one, the rows and
/// the snapshot are also one commit on that branch, or are taken back to the byte (DESIGN §8).
/// </summary>
internal sealed class StatusMutation : IDisposable
{
    private readonly StatusSurface _surface;
    private readonly CallContext _context;
    private StatusTransaction? _transaction;
    private FileLock? _lock;

    private StatusMutation(StatusSurface surface, CallContext context, StatusTransaction? transaction, FileLock? held, MissionStatus status)
    {
        _surface = surface;
        _context = context;
        _transaction = transaction;
        _lock = held;
        Status = status;
    }

    /// <summary>The status under the lock; after an append, with its rows.</summary>
    public MissionStatus Status { get; private set; }

    /// <summary>The open log; null where it is so far only in the tip of the coordination branch.</summary>
    public StatusTransaction? Transaction => _transaction;

    public static Result<StatusMutation> Begin(StatusSurface surface, CallContext context)
    {
        Signals.Watch();
        if (!FileLock.Acquire(surface.LockPath, surface.Mission.DirectoryName, Deadline.LockTimeout(), context.Deadline).Try(out var held, out var failure))
        {
            return failure;
        }

        surface.Worktree?.LookAgain();
        string? tip = null;
        failure = surface.Worktree?.Complete(surface.Mission.RelativePathOf(EventLogFiles.Log)) ?? surface.RefuseMutation(out tip);
        MissionStatus? atTip = null;
        if (failure is null && tip is not null)
        {
            // No worktree yet. It is added when something is to be written, so that a refusal adds none.
            surface.ReadTip(tip).Try(out atTip, out failure);
        }

        if (failure is not null)
        {
            held.Dispose();
            return failure;
        }

        if (atTip is not null)
        {
            return new StatusMutation(surface, context, null, held, atTip);
        }

        return StatusTransaction.Begin(surface.Place(), context.Deadline, held).Try(out var transaction, out failure)
            ? new StatusMutation(surface, context, transaction, null, transaction.Status)
            : failure;
    }

    /// <summary>Records lane moves, all or none.</summary>
    public Result<AppendOutcome> Append(ReadOnlySpan<LaneMove> moves)
    {
        string subject = moves.Length > 1 ? "status transition batch " + moves[0].WpId : "status transition " + moves[0].WpId;
        if (!Open(out bool isAdded).Try(out var transaction, out var failure))
        {
            return failure;
        }

        failure = BeginCommit(subject, isAdded, out var commit);
        using (commit)
        {
            return failure ?? Finish(transaction.Append(moves), commit, isAdded);
        }
    }

    /// <summary>Records notes; otherwise as for moves.</summary>
    public Result<AppendOutcome> Append(ReadOnlySpan<Annotation> notes)
    {
        string subject = "history of " + notes[0].WpId;
        if (!Open(out bool isAdded).Try(out var transaction, out var failure))
        {
            return failure;
        }

        failure = BeginCommit(subject, isAdded, out var commit);
        using (commit)
        {
            return failure ?? Finish(transaction.Append(notes), commit, isAdded);
        }
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        _lock?.Dispose();
    }

    /// <summary>The transaction at the place where rows are written; adds the worktree if it is not there yet.</summary>
    private Result<StatusTransaction> Open(out bool isAdded)
    {
        isAdded = false;
        if (_transaction is not null)
        {
            return _transaction;
        }

        if (_surface.AddWorktree() is { } notAdded)
        {
            return notAdded;
        }

        isAdded = true;
        var held = _lock!;
        _lock = null;
        if (!StatusTransaction.Begin(_surface.Place(), _context.Deadline, held).Try(out _transaction, out var failure))
        {
            return _surface.Worktree!.RemoveAfter(failure);
        }

        return _transaction;
    }

    /// <summary>Has git ready before there is anything to take back; <paramref name="commit"/> is null where nothing is committed.</summary>
    private Failure? BeginCommit(string subject, bool isAdded, out CoordinationCommit? commit)
    {
        commit = null;
        if (_surface.Worktree is not { } worktree)
        {
            return null;
        }

        var place = _surface.Place();
        bool areNew = Posix.Stat(place.LogPath, out _) < 0 || Posix.Stat(place.SnapshotPath, out _) < 0;
        return worktree.BeginCommit("chore(spec-kitty): " + subject, areNew).Try(out commit, out var failure) ? null
            : isAdded ? worktree.RemoveAfter(failure) : failure;
    }

    private Result<AppendOutcome> Finish(Result<AppendOutcome> appended, CoordinationCommit? commit, bool isAdded)
    {
        if (!appended.Try(out var outcome, out var failure))
        {
            return isAdded && failure.Effect == Effect.None ? _surface.Worktree!.RemoveAfter(failure) : failure;
        }

        var place = _surface.Place();
        if (commit?.Finish([place.LogRelativePath, place.SnapshotRelativePath]) is { } notCommitted)
        {
            return TakeBack(notCommitted, isAdded);
        }

        Status = _transaction!.Status;
        return outcome;
    }

    private Failure TakeBack(Failure because, bool isAdded)
    {
        var left = _transaction!.TakeBack();
        var failure = because.With(left?.Effect ?? Effect.None);
        return isAdded && left is null ? _surface.Worktree!.RemoveAfter(failure) : failure;
    }
}
