using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>From a request to the handler that answers it.</summary>
internal static class Dispatcher
{
    public static Result<IPayload> Run(Request request, CallContext context) => request switch
    {
        ContractVersionRequest r => ContractVersion.Run(r, context),
        MissionStateRequest r => MissionState.Run(r, context),
        ListReadyRequest r => ListReady.Run(r, context),
        StartImplementationRequest r => StartImplementation.Run(r, context),
        StartReviewRequest r => StartReview.Run(r, context),
        TransitionRequest r => Transition.Run(r, context),
        ResolveWorkspaceRequest r => ResolveWorkspace.Run(r, context),
        AppendHistoryRequest r => AppendHistory.Run(r, context),
        AcceptMissionRequest r => AcceptMission.Run(r, context),
        MergeMissionRequest r => MergeMission.Run(r, context),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
