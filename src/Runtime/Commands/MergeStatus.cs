using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Merge;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>The mission's event log as a merge sees it: it takes rows from branches, is asked by the gates, and gets the rows that say "done" (HOST §6.9a, e).</summary>
internal sealed class MergeStatus : IMergeStatus
{
    private readonly StatusMutation _mutation;
    private readonly StatusPlace _place;
    private readonly MergeWork _work;
    private readonly ReadOnlyMemory<byte> _log;
    private ReadOnlyMemory<byte> _others;
    private PreparedRows? _prepared;

    private MergeStatus(StatusMutation mutation, StatusPlace place, string? checkout, MergeWork work, ReadOnlyMemory<byte> log)
    {
        _mutation = mutation;
        _place = place;
        _work = work;
        _log = log;
        Checkout = checkout;
    }

    public string? Checkout { get; }

    public string LogPath => _place.LogRelativePath;

    public string SnapshotPath => _place.SnapshotRelativePath;

    public ReadOnlyMemory<byte> Log => _prepared is { } prepared ? prepared.Log : _log;

    public ReadOnlyMemory<byte> Snapshot => _prepared is { } prepared ? prepared.Snapshot : default;

    public bool HasRows => _prepared is { Rows.IsEmpty: false };

    /// <summary>What was odd.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Reads the log that the mutation holds.</summary>
    public static Result<MergeStatus> Open(StatusMutation mutation, StatusSurface surface, MergeWork work)
    {
        var place = surface.Place();
        if (surface.Worktree is not { } worktree)
        {
            return mutation.Transaction!.ReadLog().Try(out var rows, out var failure) ? new MergeStatus(mutation, place, place.ProjectRoot, work, rows) : failure;
        }

        ReadOnlyMemory<byte> log;
        Failure? unread;
        if (mutation.Transaction is { } transaction)
        {
            if (!transaction.ReadLog().Try(out log, out unread))
            {
                return unread;
            }
        }
        else
        {
            var tip = worktree.Tip();
            if (tip.Failure is { } untold)
            {
                return untold;
            }

            tip.Try(out string? commit, out _);
            if (!worktree.ReadBlob(commit!, place.LogRelativePath).Try(out byte[]? blob, out unread))
            {
                return unread;
            }

            log = blob;
        }

        // Rows of a coordinated mission live in commits. What the main checkout has of the log is a copy, which may still hold rows of its own.
        var status = new MergeStatus(mutation, place, null, work, log);
        return status.TakePrimary(surface.Mission) is { } refused ? refused : status;
    }

    public string? Take(ReadOnlyMemory<byte> log, string name)
    {
        if (EventLogMerge.TryMissing((Join(_log, _others), LogPath), (log, name), out var missing) is { } problem)
        {
            return problem;
        }

        _others = Join(_others, missing);
        return null;
    }

    public string? Unite(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs, out ReadOnlyMemory<byte> union) =>
        EventLogMerge.TryMerge((ours, "ours:" + LogPath), (theirs, "theirs:" + LogPath), out union);

    public Failure? Prepare(List<string> problems)
    {
        MissionStatus? status = _mutation.Status;
        Failure? failure;
        if (!_others.IsEmpty && !StatusTransaction.StatusOf(_place, _log, _others).Try(out status, out failure))
        {
            return failure;
        }

        if (_work.Gate(new StatusLanes(status), problems, Warnings) is { } unread)
        {
            return unread;
        }

        if (!_work.DoneMoves(new StatusLanes(status), Warnings).Try(out var moves, out failure))
        {
            return failure;
        }

        return StatusTransaction.Prepare(_place, _log, _others, status, moves.ToArray()).Try(out _prepared, out failure) ? null : failure;
    }

    public Result<string[]> Append()
    {
        if (Checkout is null || _prepared is null)
        {
            return Array.Empty<string>();
        }

        return _mutation.Transaction!.Append(_prepared);
    }

    private Failure? TakePrimary(Mission mission)
    {
        const int MaxBytes = 1024 * 1024 * 1024;
        var outcome = ProjectFiles.TryRead(mission.Project.Root, LogPath, MaxBytes, out var bytes);
        using (bytes)
        {
            string path = mission.Project.PathOf(LogPath);
            return outcome.Status == ReadStatus.Failed ? outcome.ToFailure("read", path)
                : outcome.IsOk && Take(bytes.Span.ToArray(), path) is { } conflict ? new Failure(ErrorCode.MergeConflict, conflict) : null;
        }
    }

    private static ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            return first.IsEmpty ? second : first;
        }

        byte[] joined = [.. first.Span, .. second.Span];
        return joined;
    }
}
