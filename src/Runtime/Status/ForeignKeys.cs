using System;

namespace SpecKitty.Status;

/// <summary>Names in rows of other writers, which this host reads and never writes (HOST §1.3.2, §1.4, §10.5).</summary>
internal static class ForeignKeys
{
    /// <summary>What mission_slug was called once.</summary>
    public static ReadOnlySpan<byte> LegacyMissionSlug => "feature_slug"u8;

    /// <summary>The time of rows that have no at.</summary>
    public static ReadOnlySpan<byte> Timestamp => "timestamp"u8;

    /// <summary>What a retrospective row carries.</summary>
    public static ReadOnlySpan<byte> Payload => "payload"u8;

    public static ReadOnlySpan<byte> Mode => "mode"u8;

    public static ReadOnlySpan<byte> RecordPath => "record_path"u8;

    public static ReadOnlySpan<byte> RetrospectiveRequested => "retrospective.requested"u8;

    public static ReadOnlySpan<byte> RetrospectiveCompleted => "retrospective.completed"u8;

    public static ReadOnlySpan<byte> RetrospectiveSkipped => "retrospective.skipped"u8;

    public static ReadOnlySpan<byte> RetrospectiveFailed => "retrospective.failed"u8;

    public static ReadOnlySpan<byte> ProposalGenerated => "retrospective.proposal.generated"u8;

    public static ReadOnlySpan<byte> ProposalApplied => "retrospective.proposal.applied"u8;

    public static ReadOnlySpan<byte> ProposalRejected => "retrospective.proposal.rejected"u8;

    /// <summary>In the delta of an annotation: subtask ids and their states.</summary>
    public static ReadOnlySpan<byte> Subtasks => "subtasks"u8;

    public static ReadOnlySpan<byte> SubtaskId => "id"u8;

    public static ReadOnlySpan<byte> SubtaskStatus => "status"u8;
}
