using System;
using System.Collections.Generic;

namespace SpecKitty.Missions;

/// <summary>An execution lane: the work packages that share a branch and a worktree (HOST §1.8). Not a lane of the state machine.</summary>
internal sealed class ManifestLane
{
    /// <summary>The lane of work packages that only plan; its branch is the target itself (HOST §1.9).</summary>
    public const string PlanningId = "lane-planning";

    /// <summary>A safe path segment, such as <c>lane-a</c>.</summary>
    public required string Id { get; init; }

    public required string[] WpIds { get; init; }

    /// <summary>Ids of lanes whose work this one builds on; they need not all be in the manifest.</summary>
    public required string[] DependsOnLanes { get; init; }

    public required int ParallelGroup { get; init; }

    public bool IsPlanning => string.Equals(Id, PlanningId, StringComparison.Ordinal);
}
