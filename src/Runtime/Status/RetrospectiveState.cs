using System;

namespace SpecKitty.Status;

/// <summary>How far a mission's retrospective is.</summary>
internal enum RetrospectiveState : byte
{
    Pending,
    Completed,
    Skipped,
    Failed,
}

/// <summary>Their names in status.json.</summary>
internal static class RetrospectiveStates
{
    public static ReadOnlySpan<byte> Utf8Name(RetrospectiveState state) => state switch
    {
        RetrospectiveState.Completed => "completed"u8,
        RetrospectiveState.Skipped => "skipped"u8,
        RetrospectiveState.Failed => "failed"u8,
        _ => "pending"u8,
    };
}
