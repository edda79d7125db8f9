using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Commands;

/// <summary>Where a work package is worked on, whether that place exists or not (level 1.2.0, HOST §10.4). Writes nothing, spawns nothing.</summary>
internal static class ResolveWorkspace
{
    public static Result<Payload> Run(ResolveWorkspaceRequest request, CallContext context)
    {
        if (!MissionSelector.Resolve(context.Project, request.Mission).Try(out var mission, out var failure)
            || !TaskFiles.Locate(mission, request.Wp).Try(out var task, out failure)
            || !LaneAssignment.Of(mission, request.Wp).Try(out var lane, out failure))
        {
            return failure;
        }

        return new ResolveWorkspacePayload
        {
            Identity = mission.Identity,
            WpId = request.Wp,
            WorkspacePath = lane?.Path ?? LaneNames.SuggestedWorkspace(mission, request.Wp),
            PromptPath = task.Path,
            LaneId = lane?.LaneId,
            LaneBranch = lane?.Branch,
            LaneBaseRef = lane?.BaseRef,
            Warnings = mission.Warning is { } odd ? [odd] : null,
        };
    }
}
