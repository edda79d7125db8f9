using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>Moves a work package to a lane by the rules of the lane machine, or by force (HOST §4, §6.6).</summary>
internal static class Transition
{
    public static Result<Payload> Run(TransitionRequest request, CallContext context)
    {
        if (!Lanes.TryParseInput(request.To, out var target))
        {
            return new Failure(ErrorCode.UsageError, Messages.UnknownLane(request.To, LaneNamesText()));
        }

        Policy? policy = null;
        if (Lanes.RequiresPolicy(target) || !string.IsNullOrEmpty(request.Policy))
        {
            if (!PolicyGate.Require(request.Policy, PolicyMessages.RequiredForLane(Lanes.Name(target)), context.Level).Try(out policy, out var refused))
            {
                return refused;
            }
        }

        if (!Evidences.Read(request.EvidenceJson).Try(out var evidence, out var failure)
            || !ReviewResults.Read(request.ReviewResultJson).Try(out var reviewResult, out failure)
            || !WorkPackageCall.Open(request.Mission, request.Wp, context).Try(out var call, out failure))
        {
            return failure;
        }

        using (call)
        {
            return Move(request, target, policy, evidence, reviewResult, call);
        }
    }

    private static Result<Payload> Move(
        TransitionRequest request, Lane target, Policy? policy, JsonElement? given, ReviewResult? reviewResult, WorkPackageCall call)
    {
        Evidence? evidence = null;
        if (given is { } element && !Evidences.Shape(element).Try(out evidence, out var malformed))
        {
            return malformed;
        }

        if (!SubtasksComplete(request, target, call).Try(out bool subtasksComplete, out var unreadable))
        {
            return unreadable;
        }

        var grounds = new MoveGrounds
        {
            SubtasksComplete = subtasksComplete,
            ImplementationEvidencePresent = request.ImplementationEvidencePresent ?? call.HasEvents,
            Evidence = evidence,
            ReviewResult = reviewResult,
        };
        var move = new LaneMove
        {
            WpId = request.Wp,
            From = call.StoredLane,
            To = target,
            Actor = request.Actor,
            Force = request.Force,
            Reason = request.Note,
            ReviewRef = request.ReviewRef,
            Evidence = evidence,
            ReviewResult = reviewResult,
            PolicyMetadata = policy,
        };
        if ((RefuseForReview(request, target, call) ?? call.Judge([move], grounds) ?? call.Append([move], _ => Answer())) is { } refused)
        {
            return refused;
        }

        return Answer();

        TransitionPayload Answer() => new()
        {
            Identity = call.Mission.Identity,
            WpId = request.Wp,
            FromLane = call.StoredLane,
            ToLane = target,
            PolicyMetadataRecorded = policy is not null,
            Replayed = call.Context.Replayed,
            Warnings = call.Warnings,
        };
    }

    /// <summary>From level 1.1.0 on, review needs a commit on the lane, whatever lane the work package comes from (HOST §10.2.2).</summary>
    private static Failure? RefuseForReview(TransitionRequest request, Lane target, WorkPackageCall call)
    {
        if (target != Lane.ForReview || request.Force || call.Context.Level < ContractLevel.V1_1_0)
        {
            return null;
        }

        return LaneAssignment.Of(call.Mission, request.Wp).Try(out var lane, out var failure)
            ? lane?.RefuseReviewWithoutCommit(request.Wp, call.Context.Deadline)
            : failure;
    }

    /// <summary>
    /// What the caller says; else the check boxes of tasks.md. From level 1.3.0 on neither counts, only the log's word on the roster does. Looked up for the one
    /// edge that asks.
    /// </summary>
    private static Result<bool> SubtasksComplete(TransitionRequest request, Lane target, WorkPackageCall call)
    {
        bool isAsked = target == Lane.ForReview && call.StoredLane == Lane.InProgress && !request.Force;
        if (isAsked && call.Context.Level >= ContractLevel.V1_3_0)
        {
            return call.RosterIsDone();
        }

        return request.SubtasksComplete is { } said ? said
            : isAsked ? SubtaskChecklist.IsComplete(call.Mission, call.Task.WpId)
            : false;
    }

    private static string LaneNamesText()
    {
        string text = "";
        foreach (var lane in Lanes.Displayed)
        {
            text += (text.Length == 0 ? "" : ", ") + Lanes.Name(lane);
        }

        return text;
    }
}
