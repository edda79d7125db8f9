using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>
/// Where a mission's status is: in the primary checkout, or, for a mission with a coordination branch, in that branch's worktree, in its tip, or, with the branch
/// gone, in the primary rows that are left (DESIGN §8, §11). Decided once for each call.
/// </summary>
internal sealed class StatusSurface
{
    private readonly CallContext _context;

    private StatusSurface(Mission mission, CallContext context, bool isPrimary)
    {
        Mission = mission;
        _context = context;
        if (!isPrimary && mission.Meta.CoordinationBranch is { } branch && context.Project.GitDirectory is { } common)
        {
            Worktree = new CoordinationWorktree(context.Project.Root, common, LaneNames.CoordinationWorktree(mission), branch, context.Deadline);
        }
    }

    public Mission Mission { get; }

    /// <summary>The coordination worktree, whether it exists or not; null for a mission without coordination branch.</summary>
    public CoordinationWorktree? Worktree { get; }

    /// <summary>Rows are in the coordination worktree, which is there.</summary>
    public bool IsInWorktree => Worktree is { State: CoordinationState.Ready };

    public static StatusSurface Of(Mission mission, CallContext context) => new(mission, context, isPrimary: false);

    /// <summary>The primary checkout's rows, whatever meta.json says: a merge takes the coordination branch away and leaves what landed there.</summary>
    public static StatusSurface Primary(Mission mission, CallContext context) => new(mission, context, isPrimary: true);

    /// <summary>Whether a coordination branch is declared and is not there. Its worktree may be: a merge takes the branch first, and may have been stopped behind it.</summary>
    public bool IsGone => Worktree is { Fault: null } && Worktree.Tip().Try(out string? tip, out _) && tip is null;

    /// <summary>The log as a read sees it, and a warning where that is not the place it should be; no lock, nothing written.</summary>
    public Result<(MissionStatus Status, string? Warning)> Read()
    {
        if (Worktree?.Fault is { } fault)
        {
            return fault;
        }

        string log = Mission.RelativePathOf(EventLogFiles.Log);
        bool mayHaveLost = false;
        if (Worktree is not null && !Worktree.MayHaveLost(log).Try(out mayHaveLost, out var failure))
        {
            return failure;
        }

        if (Worktree is null || (IsInWorktree && !mayHaveLost))
        {
            string root = Worktree is null ? Mission.Project.Root : Worktree.Path;
            return StatusLog.Read(root, log, () => StatusPlace.CheckpointPathOf(Mission.Project.LocksDirectory, Mission.DirectoryName)).Try(out var inFile, out failure) ? (inFile, null) : failure;
        }

        if (!Worktree.Tip().Try(out string? tip, out failure))
        {
            return failure;
        }

        if (tip is null)
        {
            return StatusLog.Read(Mission.Project.Root, log).Try(out var primary, out failure)
                ? (primary, Messages.CoordinationReadFromPrimary(Worktree.Branch))
                : failure;
        }

        return ReadTip(tip).Try(out var atTip, out failure) ? (atTip, atTip.EventCount == 0 && IsInWorktree ? null : WarningOf(Worktree)) : failure;
    }

    /// <summary>Whether the log, wherever it is, names all of these ids.</summary>
    public Result<bool> Names(string[] eventIds)
    {
        if (Worktree?.Fault is { } fault)
        {
            return fault;
        }

        string log = Mission.RelativePathOf(EventLogFiles.Log);
        if (Worktree is null || IsInWorktree)
        {
            return LogSearch.Names(IsInWorktree ? Worktree!.Path : Mission.Project.Root, log, eventIds);
        }

        if (!Worktree.Tip().Try(out string? tip, out var failure))
        {
            return failure;
        }

        if (tip is null)
        {
            return LogSearch.Names(Mission.Project.Root, log, eventIds);
        }

        return Worktree.ReadBlob(tip, log).Try(out byte[]? blob, out failure) ? LogSearch.Names(blob, eventIds) : failure;
    }

    /// <summary>The log as the branch's tip has it.</summary>
    public Result<MissionStatus> ReadTip(string tip)
    {
        string log = Mission.RelativePathOf(EventLogFiles.Log);
        return Worktree!.ReadBlob(tip, log).Try(out byte[]? blob, out var failure) ? StatusLog.Parse(blob, log, $"{Worktree.Branch}:{log}") : failure;
    }

    /// <summary>Why rows must not be added to a log that the worktree has lost: the next commit would take the old ones from the branch. Null when it has not.</summary>
    private Failure? RefuseLostLog(string tip)
    {
        string log = Mission.RelativePathOf(EventLogFiles.Log);
        if (!Worktree!.MayHaveLost(log).Try(out bool mayHaveLost, out var failure) || !mayHaveLost)
        {
            return failure;
        }

        return !Worktree.ReadBlob(tip, log).Try(out byte[]? blob, out failure) ? failure
            : blob.Length == 0 ? null
            : Unavailable(Messages.CoordinationLogLost(Worktree.Path, log));
    }

    /// <summary>Why the status cannot be changed here; null when it can. Whether the branch exists is asked only where there is no worktree.</summary>
    public Failure? RefuseMutation(out string? tip)
    {
        tip = null;
        switch (Worktree?.State)
        {
            case null:
                return null;
            case CoordinationState.Unknown:
                return Worktree.Fault;
            case CoordinationState.Ready:
                // A commit in a worktree whose branch is gone would begin a history of its own.
                return !Worktree.Tip().Try(out string? checkedOut, out var unknown) ? unknown
                    : checkedOut is null ? Unavailable(Messages.CoordinationBranchMissing(Worktree.Branch))
                    : RefuseLostLog(checkedOut);
            case CoordinationState.Husk:
                return Unavailable(Messages.CoordinationWorktreeHusk(Worktree.Path));
            case CoordinationState.Elsewhere:
                return Unavailable(Messages.CoordinationWorktreeElsewhere(Worktree.Path, Worktree.ActualBranch, Worktree.Branch));
            default:
                return !Worktree.Tip().Try(out tip, out var failure) ? failure
                    : tip is null ? Unavailable(Messages.CoordinationBranchMissing(Worktree.Branch))
                    : null;
        }
    }

    /// <summary>Why the worktree, which is wanted now, cannot be added.</summary>
    public Failure? AddWorktree() =>
        Worktree!.Add() is not { } failure ? null
        : failure is { Code: ErrorCode.GitFailed, Effect: Effect.None, Retryable: false } ? Unavailable(Messages.CoordinationWorktreeNotAdded(Worktree.Path, failure.Message))
        : failure;

    /// <summary>Where rows are written: the primary checkout, or the coordination worktree.</summary>
    public StatusPlace Place()
    {
        var project = Mission.Project;
        return new StatusPlace
        {
            ProjectRoot = Worktree?.Path ?? project.Root,
            MissionDirectoryName = Mission.DirectoryName,
            LogRelativePath = Mission.RelativePathOf(EventLogFiles.Log),
            SnapshotRelativePath = Mission.RelativePathOf(EventLogFiles.Snapshot),
            LockPath = LockPath,
            IsCommitted = Worktree is not null,
            Identity = Mission.Identity,
            Level = _context.Level,
            Announce = _context.Keyed is { } keyed ? keyed.Announce : null,
        };
    }

    /// <summary>The lock of the mission's status, whatever it was called by and wherever its rows are.</summary>
    public string LockPath => StatusPlace.LockPathOf(Mission.Project.LocksDirectory, Mission.DirectoryName);

    private string? WarningOf(CoordinationWorktree worktree) => worktree.State switch
    {
        CoordinationState.Ready => Messages.CoordinationLogLost(worktree.Path, Mission.RelativePathOf(EventLogFiles.Log)),
        CoordinationState.Husk => Messages.CoordinationWorktreeHusk(worktree.Path),
        CoordinationState.Elsewhere => Messages.CoordinationWorktreeElsewhere(worktree.Path, worktree.ActualBranch, worktree.Branch),
        _ => null,
    };

    private Failure Unavailable(string detail)
    {
        string coordination = Worktree!.Path + "/" + Mission.RelativeDirectory;
        return new Failure(
            ErrorCode.StatusReadPathNotFound,
            Messages.CoordinationUnavailable(Mission.DirectoryName, Mission.Mid8, coordination, Mission.Directory, detail),
            new StatusReadPathNotFoundData
            {
                MissionSlug = Mission.DirectoryName,
                Mid8 = Mission.Mid8,
                CoordCandidate = coordination,
                PrimaryCandidate = Mission.Directory,
            });
    }
}
