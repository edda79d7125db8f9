using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>
/// A mutation of one work package under way: the mission and the task file are found, the lock is held, the log is read. What it decides, it decides
/// from that one reading.
/// </summary>
internal sealed class WorkPackageCall : IDisposable
{
    private readonly StatusMutation _transaction;
    private readonly List<string> _warnings;

    private WorkPackageCall(CallContext context, Mission mission, TaskFile task, StatusMutation transaction)
    {
        Context = context;
        Mission = mission;
        Task = task;
        _transaction = transaction;
        _warnings = mission.Warning is { } odd ? [odd] : [];
        HasEvents = transaction.Status.TryGet(task.WpId, out var state);
        StoredLane = HasEvents ? state!.Lane : Lane.Planned;
        Holder = HasEvents ? state!.Actor ?? "" : "";
    }

    public CallContext Context { get; }

    public Mission Mission { get; }

    public TaskFile Task { get; }

    /// <summary>The lane it is in, as reads show it: planned when it has no events.</summary>
    public Lane Lane => StatusLanes.Shown(StoredLane);

    /// <summary>The lane its newest row says, which may be the one that is never shown.</summary>
    public Lane StoredLane { get; }

    /// <summary>Who moved it last; empty for nobody.</summary>
    public string Holder { get; }

    public bool HasEvents { get; }

    /// <summary>What was odd so far; null for nothing.</summary>
    public string[]? Warnings => _warnings.Count == 0 ? null : _warnings.ToArray();

    /// <summary>Finds the mission and the work package, checks that the project may be written, and takes the lock.</summary>
    public static Result<WorkPackageCall> Open(string mission, string wp, CallContext context)
    {
        if (!MissionSelector.Resolve(context.Project, mission).Try(out var found, out var failure)
            || !TaskFiles.Find(found, wp).Try(out var task, out failure))
        {
            return failure;
        }

        if (ProjectSchema.Check(context.Project) is { } unsupported)
        {
            return unsupported;
        }

        return StatusMutation.Begin(StatusSurface.Of(found, context), context).Try(out var transaction, out failure)
            ? new WorkPackageCall(context, found, task, transaction)
            : failure;
    }

    /// <summary>The same for the work package that list-ready would name first, found under the lock.</summary>
    public static Result<ReadyCall> OpenFirstReady(string mission, CallContext context)
    {
        if (!MissionSelector.Resolve(context.Project, mission).Try(out var found, out var failure))
        {
            return failure;
        }

        if (ProjectSchema.Check(context.Project) is { } unsupported)
        {
            return unsupported;
        }

        if (!StatusMutation.Begin(StatusSurface.Of(found, context), context).Try(out var transaction, out failure))
        {
            return failure;
        }

        if (!TaskFiles.Load(found).Try(out var tasks, out failure))
        {
            transaction.Dispose();
            return failure;
        }

        var reading = new MissionReading(found, tasks, transaction.Status, null);
        foreach (var task in tasks.Files)
        {
            if (reading.CanStart(task))
            {
                return new ReadyCall(found, new WorkPackageCall(context, found, task, transaction), null);
            }
        }

        transaction.Dispose();
        return new ReadyCall(found, null, reading.Warnings());
    }

    /// <summary>Why the work package may not start for want of its dependencies; null when it may.</summary>
    public Failure? RefuseDependencies()
    {
        if (Task.Problem is not null)
        {
            return Task.ToFailure();
        }

        if (Task.Dependencies.Length == 0)
        {
            return null;
        }

        if (!TaskFiles.Load(Mission).Try(out var tasks, out var failure))
        {
            return failure;
        }

        var unsatisfied = new DependencyGraph(tasks).Unsatisfied(Task, new StatusLanes(_transaction.Status));
        return unsatisfied.Length == 0
            ? null
            : new Failure(ErrorCode.DependenciesNotSatisfied, Messages.DependenciesNotSatisfied(Task.WpId, string.Join(", ", unsatisfied)), new DependenciesNotSatisfiedData
            {
                Identity = Mission.Identity,
                WpId = Task.WpId,
                UnsatisfiedDependencies = unsatisfied,
            });
    }

    /// <summary>Why <paramref name="actor"/> may not have it because somebody else holds it; null when nobody else does.</summary>
    public Failure? RefuseOtherHolder(string actor, string activity)
    {
        string holder = Holder.Trim();
        return holder.Length == 0 || holder == actor.Trim()
            ? null
            : new Failure(ErrorCode.WpAlreadyClaimed, Messages.WpAlreadyClaimed(Task.WpId, activity, holder), new AlreadyClaimedData
            {
                Identity = Mission.Identity,
                WpId = Task.WpId,
                ClaimedBy = Holder,
                RequestingActor = actor,
            });
    }

    /// <summary>Why the lane machine does not allow one of the moves; null when it allows them all.</summary>
    public Failure? Judge(ReadOnlySpan<LaneMove> moves, in MoveGrounds grounds)
    {
        foreach (var move in moves)
        {
            if (LaneMachine.Reject(move.From, move.To, move.Force, Inputs(move, grounds), Context.Level) is { } message)
            {
                return new Failure(ErrorCode.TransitionRejected, message);
            }
        }

        return null;
    }

    /// <summary>Appends all moves in one write; null when they are durable.</summary>
    /// <param name="moves">May be none.</param>
    /// <param name="answer">Makes the answer that is true once they are; from the rows' ids.</param>
    public Failure? Append(ReadOnlySpan<LaneMove> moves, Func<string[], Payload> answer)
    {
        if (moves.Length == 0)
        {
            return null;
        }

        if (Context.Keyed is { } keyed)
        {
            keyed.Expected = answer;
        }

        if (!_transaction.Append(moves).Try(out var outcome, out var failure))
        {
            return failure;
        }

        Warn(outcome.Warnings);
        return null;
    }

    /// <summary>Whether every subtask of the front matter's roster is done by the log's annotations (level 1.3.0); an empty roster is complete.</summary>
    public Result<bool> RosterIsDone()
    {
        if (Task.Problem is not null)
        {
            return Task.ToFailure();
        }

        foreach (string subtask in Task.Subtasks)
        {
            if (_transaction.Status.SubtaskState(Task.WpId, subtask) != EventConstants.SubtaskDone)
            {
                return false;
            }
        }

        return true;
    }

    public void Warn(IEnumerable<string> warnings) => _warnings.AddRange(warnings);

    public void Dispose() => _transaction.Dispose();

    private GuardInputs Inputs(LaneMove move, in MoveGrounds grounds)
    {
        var evidence = grounds.Evidence?.Review;
        var result = grounds.ReviewResult;
        string? reviewer = evidence is null ? null : Evidences.Text(evidence.Reviewer);
        string? verdict = evidence is null ? null : Evidences.Text(evidence.Verdict);
        string? reference = evidence?.Reference;
        string? outcome = result?.Verdict ?? verdict;
        return new GuardInputs
        {
            Actor = move.Actor,
            Reason = move.Reason,
            WorkspaceContext = $"{EventConstants.ExecutionMode}:{Mission.Project.Root}",
            SubtasksComplete = grounds.SubtasksComplete,
            ImplementationEvidencePresent = grounds.ImplementationEvidencePresent,
            EvidenceReviewer = reviewer,
            EvidenceReference = reference,
            ReviewRef = move.ReviewRef,
            ReviewResultPresent = result is not null || evidence is not null,
            ReviewReviewer = result?.Reviewer ?? reviewer,
            ReviewVerdict = outcome,
            ReviewReference = result?.Reference ?? reference,
            ReviewApproves = outcome == ReviewResultFields.VerdictApproved,
            ReviewRefMatches = result is null || move.ReviewRef is null || move.ReviewRef == result.Reference,
            EvidenceMatches = result is null || evidence is null || (result.Reviewer == reviewer && result.Verdict == verdict && result.Reference == reference),
        };
    }
}
