using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>Claims the review of a work package, for_review → in_review (HOST §6.5).</summary>
internal static class StartReview
{
    public static Result<Payload> Run(StartReviewRequest request, CallContext context)
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

    private static Result<Payload> Decide(StartReviewRequest request, Policy policy, WorkPackageCall call)
    {
        var lane = call.Lane;
        if (lane is not (Lane.ForReview or Lane.InReview))
        {
            return new Failure(ErrorCode.TransitionRejected, Messages.CannotStartReview(request.Wp, Lanes.Name(lane)));
        }

        if (lane == Lane.InReview && call.RefuseOtherHolder(request.Actor, ClaimKind.Review) is { } claimed)
        {
            return claimed;
        }

        LaneMove[] moves = lane == Lane.InReview ? [] :
        [
            new LaneMove
            {
                WpId = request.Wp,
                From = Lane.ForReview,
                To = Lane.InReview,
                Actor = request.Actor,
                Reason = EventConstants.StartReviewReason,
                ReviewRef = request.ReviewRef,
                PolicyMetadata = policy,
            },
        ];
        if ((call.Judge(moves, new MoveGrounds()) ?? call.Append(moves, _ => Answer())) is { } refused)
        {
            return refused;
        }

        return Answer();

        StartReviewPayload Answer() => new()
        {
            Identity = call.Mission.Identity,
            WpId = request.Wp,
            FromLane = lane,
            ToLane = Lane.InReview,
            PromptPath = call.Task.Path,
            PolicyMetadataRecorded = true,
            NoOp = moves.Length == 0,
            Replayed = call.Context.Replayed,
            Warnings = call.Warnings,
        };
    }
}
