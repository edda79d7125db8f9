using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>Claims a work package and begins it, planned → claimed → in_progress in one append (HOST §6.4, DESIGN §7).</summary>
internal static class StartImplementation
{
    public static Result<IPayload> Run(StartImplementationRequest request, CallContext context)
    {
        string absent = PolicyMessages.Required(CommandIds.Name(request.Command));
        if (!PolicyGate.Require(request.Policy, absent, context.Level).Try(out var policy, out var failure)
            || !WorkPackageCall.Open(request.Mission, request.Wp, context).Try(out var call, out failure))
        {
            return failure;
        }

        using (call)
        {
            return Decide(request, policy, call);
        }
    }

    private static Result<IPayload> Decide(StartImplementationRequest request, Policy policy, WorkPackageCall call)
    {
        var lane = call.Lane;
        if (lane is Lane.Planned or Lane.Claimed && call.RefuseDependencies() is { } unsatisfied)
        {
            return unsatisfied;
        }

        if (lane is not (Lane.Planned or Lane.Claimed or Lane.InProgress))
        {
            return new Failure(ErrorCode.TransitionRejected, Messages.CannotStartImplementation(request.Wp, Lanes.Name(lane)));
        }

        if (lane != Lane.Planned && !EventConstants.IsGenericActor(call.Holder) && call.RefuseOtherHolder(request.Actor, ClaimKind.Implementation) is { } claimed)
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

        if (call.Append(moves) is { } notAppended)
        {
            if (notAppended.Effect == Effect.None)
            {
                place.Allocator?.Undo();
            }

            return notAppended;
        }

        return new StartImplementationPayload
        {
            Identity = call.Mission.Identity,
            WpId = request.Wp,
            FromLane = lane,
            ToLane = Lane.InProgress,
            WorkspacePath = place.Lane?.Path ?? LaneNames.SuggestedWorkspace(call.Mission, request.Wp),
            PromptPath = call.Task.Path,
            PolicyMetadataRecorded = true,
            NoOp = moves.Length == 0,
            LaneId = place.Lane?.LaneId,
            LaneBranch = place.Lane?.Branch,
            LaneBaseRef = place.Lane?.BaseRef,
            Warnings = call.Warnings,
        };

        LaneMove Move(Lane from, Lane to) => new()
        {
            WpId = request.Wp,
            From = from,
            To = to,
            Actor = request.Actor,
            PolicyMetadata = policy,
        };
    }

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
