using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>From a request to the handler that answers it.</summary>
internal static class Dispatcher
{
    public static Result<Payload> Run(Request request, CallContext context) => request switch
    {
        ContractVersionRequest r => ContractVersion.Run(r, context),
        MissionStateRequest r => MissionState.Run(r, context),
        ListReadyRequest r => ListReady.Run(r, context),
        StartImplementationRequest r => Keyed(r, r.Mission, r.IdempotencyKey, context, StartImplementation.Run),
        StartReviewRequest r => Keyed(r, r.Mission, r.IdempotencyKey, context, StartReview.Run),
        TransitionRequest r => Keyed(r, r.Mission, r.IdempotencyKey, context, Transition.Run),
        ClaimNextRequest r => Keyed(r, r.Mission, r.IdempotencyKey, context, ClaimNext.Run),
        ResolveWorkspaceRequest r => ResolveWorkspace.Run(r, context),
        AppendHistoryRequest r => Keyed(r, r.Mission, r.IdempotencyKey, context, AppendHistory.Run),
        AcceptMissionRequest r => Keyed(r, r.Mission, r.IdempotencyKey, context, AcceptMission.Run),
        MergeMissionRequest r => Keyed(r, r.Mission, r.IdempotencyKey, context, MergeMission.Run),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Result<Payload> Keyed<T>(T request, string mission, string? key, CallContext context, Handler<T> handler)
        where T : Request => key is null ? handler(request, context) : KeyedCall.Run(request, mission, key, context, handler);
}
