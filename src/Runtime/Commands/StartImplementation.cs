using System;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>Claims a work package and begins it, planned → claimed → in_progress in one append (HOST §6.4, DESIGN §7).</summary>
internal static class StartImplementation
{
    public static Result<Payload> Run(StartImplementationRequest request, CallContext context)
    {
        string absent = PolicyMessages.Required(CommandIds.Name(request.Command));
        if (!PolicyGate.Require(request.Policy, absent, context.Level).Try(out var policy, out var failure)
            || !WorkPackageCall.Open(request.Mission, request.Wp, context).Try(out var call, out failure))
        {
            return failure;
        }

        using (call)
        {
            return Decide(request.Actor, policy, call, Answer);
        }
    }

    /// <summary>Claims and begins the call's work package, or says why not.</summary>
    public static Result<Payload> Decide(string actor, Policy policy, WorkPackageCall call, Func<WorkPackageCall, StartedWork, Payload> answer)
    {
        string wp = call.Task.WpId;
        var lane = call.Lane;
        if (lane is Lane.Planned or Lane.Claimed && call.RefuseDependencies() is { } unsatisfied)
        {
            return unsatisfied;
        }

        if (lane is not (Lane.Planned or Lane.Claimed or Lane.InProgress))
        {
            return new Failure(ErrorCode.TransitionRejected, Messages.CannotStartImplementation(wp, Lanes.Name(lane)));
        }

        if (lane != Lane.Planned && !EventConstants.IsGenericActor(call.Holder) && call.RefuseOtherHolder(actor, ClaimKind.Implementation) is { } claimed)
        {
            return claimed;
        }

        LaneMove[] moves = lane switch
        {
            Lane.Planned => [Move(Lane.Planned, Lane.Claimed), Move(Lane.Claimed, Lane.InProgress)],
            Lane.Claimed => [Move(Lane.Claimed, Lane.InProgress)],
            _ => [],
        };
        // Decide, then allocate, then append: a refusal leaves no worktree behind, and a claim always has its place (DESIGN §11).
        if (call.Judge(moves, new MoveGrounds()) is { } refused)
        {
            return refused;
        }

        if (!Allocate(call, isResumed: moves.Length == 0).Try(out var place, out var failure))
        {
            return failure;
        }

        var work = new StartedWork(lane, moves.Length == 0, place.Lane?.Path ?? LaneNames.SuggestedWorkspace(call.Mission, wp), place.Lane);
        if (call.Append(moves, _ => answer(call, work)) is { } notAppended)
        {
            return notAppended.Effect == Effect.None && place.Allocator is { } allocator ? allocator.UndoAfter(notAppended) : notAppended;
        }

        return Result<Payload>.Of(answer(call, work));

        LaneMove Move(Lane from, Lane to) => new()
        {
            WpId = wp,
            From = from,
            To = to,
            Actor = actor,
            PolicyMetadata = policy,
        };
    }

    private static StartImplementationPayload Answer(WorkPackageCall call, StartedWork work) => new()
    {
        Identity = call.Mission.Identity,
        WpId = call.Task.WpId,
        FromLane = work.From,
        ToLane = Lane.InProgress,
        WorkspacePath = work.WorkspacePath,
        PromptPath = call.Task.Path,
        PolicyMetadataRecorded = true,
        NoOp = work.IsResumed,
        LaneId = work.Lane?.LaneId,
        LaneBranch = work.Lane?.Branch,
        LaneBaseRef = work.Lane?.BaseRef,
        Replayed = call.Context.Replayed,
        Warnings = call.Warnings,
    };

    /// <summary>
    /// The work package's lane and its worktree, made ready (level 1.1.0 and up); nothing where there is none. Somebody who goes on with their own work gets the
    /// worktree as they left it.
    /// </summary>
    private static Result<(LaneAssignment? Lane, LaneAllocator? Allocator)> Allocate(WorkPackageCall call, bool isResumed)
    {
        if (call.Context.Level < ContractLevel.V1_1_0)
        {
            return (null, null);
        }

        if (!LaneAssignment.Of(call.Mission, call.Task.WpId).Try(out var lane, out var failure))
        {
            return failure;
        }

        if (lane is null || !lane.HasWorktree || (isResumed && lane.IsMade))
        {
            return (lane, null);
        }

        if (!lane.Allocate(call.Task.WpId, call.Context.Deadline).Try(out var allocator, out failure))
        {
            return failure;
        }

        call.Warn(allocator.Warnings);
        return (lane, allocator);
    }
}
