using System;

namespace SpecKitty.Missions;

/// <summary>The keys of meta.json that this host reads (HOST §1.2).</summary>
internal static class MetaKeys
{
    public static ReadOnlySpan<byte> MissionId => "mission_id"u8;

    public static ReadOnlySpan<byte> MissionSlug => "mission_slug"u8;

    public static ReadOnlySpan<byte> Slug => "slug"u8;

    public static ReadOnlySpan<byte> MissionNumber => "mission_number"u8;

    public static ReadOnlySpan<byte> MissionType => "mission_type"u8;

    public static ReadOnlySpan<byte> Mission => "mission"u8;

    public static ReadOnlySpan<byte> Mid8 => "mid8"u8;

    public static ReadOnlySpan<byte> TargetBranch => "target_branch"u8;

    public static ReadOnlySpan<byte> MergeTargetBranch => "merge_target_branch"u8;

    public static ReadOnlySpan<byte> CoordinationBranch => "coordination_branch"u8;

    public static ReadOnlySpan<byte> StatusPhase => "status_phase"u8;

    /// <summary>What the reference host needs before it writes the file.</summary>
    public static string[] Required => ["created_at", "friendly_name", "mission_slug", "mission_type", "slug", "target_branch"];

    // What an acceptance sets and removes (HOST §6.8).
    public const string AcceptedAt = "accepted_at";
    public const string AcceptedBy = "accepted_by";
    public const string AcceptanceMode = "acceptance_mode";
    public const string AcceptanceHistory = "acceptance_history";
    public const string AcceptedFromCommit = "accepted_from_commit";
    public const string AcceptCommit = "accept_commit";
}
