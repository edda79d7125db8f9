namespace SpecKitty.Missions;

/// <summary>The keys of lanes.json that this host reads (HOST §1.8).</summary>
internal static class LanesKeys
{
    public const string Version = "version";
    public const string MissionSlug = "mission_slug";
    public const string MissionId = "mission_id";
    public const string MissionBranch = "mission_branch";
    public const string TargetBranch = "target_branch";
    public const string Lanes = "lanes";
    public const string ComputedAt = "computed_at";
    public const string ComputedFrom = "computed_from";
    public const string PlanningArtifactWps = "planning_artifact_wps";
    public const string LaneId = "lane_id";
    public const string WpIds = "wp_ids";
    public const string DependsOnLanes = "depends_on_lanes";
    public const string ParallelGroup = "parallel_group";
}
