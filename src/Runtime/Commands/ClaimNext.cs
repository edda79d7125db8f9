using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Commands;

/// <summary>
/// start-implementation of what list-ready would name first, found and begun under one lock. Where nothing is ready that is the answer, and no failure: an agent asks again
/// when something has changed.
/// </summary>
internal static class ClaimNext
{
    public static Result<Payload> Run(ClaimNextRequest request, CallContext context)
    {
        string absent = PolicyMessages.Required(CommandIds.Name(request.Command));
        if (!PolicyGate.Require(request.Policy, absent, context.Level).Try(out var policy, out var failure)
            || !WorkPackageCall.OpenFirstReady(request.Mission, context).Try(out var next, out failure))
        {
            return failure;
        }

        if (next.Call is not { } call)
        {
            return new ClaimNextPayload
            {
                Identity = next.Mission.Identity,
                Claimed = false,
                WpId = null,
                FromLane = null,
                ToLane = null,
                WorkspacePath = null,
                PromptPath = null,
                PolicyMetadataRecorded = false,
                Replayed = context.Replayed,
                Warnings = next.Warnings,
            };
        }

        using (call)
        {
            return StartImplementation.Decide(request.Actor, policy, call, Answer);
        }
    }

    private static ClaimNextPayload Answer(WorkPackageCall call, StartedWork work) => new()
    {
        Identity = call.Mission.Identity,
        Claimed = true,
        WpId = call.Task.WpId,
        FromLane = work.From,
        ToLane = Lane.InProgress,
        WorkspacePath = work.WorkspacePath,
        PromptPath = call.Task.Path,
        PolicyMetadataRecorded = true,
        LaneId = work.Lane?.LaneId,
        LaneBranch = work.Lane?.Branch,
        LaneBaseRef = work.Lane?.BaseRef,
        Replayed = call.Context.Replayed,
        Warnings = call.Warnings,
    };
}
