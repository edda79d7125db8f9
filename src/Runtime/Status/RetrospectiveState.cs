using SpecKitty.Contract;

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
    public static string Name(RetrospectiveState state) => state switch
    {
        RetrospectiveState.Completed => SnapshotRetrospectiveFields.StatusCompleted,
        RetrospectiveState.Skipped => SnapshotRetrospectiveFields.StatusSkipped,
        RetrospectiveState.Failed => SnapshotRetrospectiveFields.StatusFailed,
        _ => SnapshotRetrospectiveFields.StatusPending,
    };
}
