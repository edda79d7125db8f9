namespace SpecKitty.Missions;

/// <summary>The keys of .kittify/config.yaml and .kittify/metadata.yaml that this host reads (HOST §1.10, §7.6; DESIGN §4, §9).</summary>
internal static class ConfigKeys
{
    public const string OrchestratorApi = "orchestrator_api";
    public const string Contract = "contract";
    public const string Policy = "policy";
    public const string ProtectedBranches = "protected_branches";
    public const string MergeGates = "merge_gates";
    public const string Enabled = "enabled";
    public const string Mode = "mode";
    public const string RequireReviewApproval = "require_review_approval";
    public const string RequireRiskCheck = "require_risk_check";
    public const string RequireDepsComplete = "require_deps_complete";
    public const string SpecKitty = "spec_kitty";
    public const string SchemaVersion = "schema_version";
}
