using System;

namespace SpecKitty.Status;

/// <summary>Rows that are made and not written yet, and what the log and status.json will be with them: for a caller that has to store those elsewhere first.</summary>
internal sealed class PreparedRows
{
    /// <summary>Whole rows; empty for none.</summary>
    public required ReadOnlyMemory<byte> Rows { get; init; }

    /// <summary>The whole log with them.</summary>
    public required ReadOnlyMemory<byte> Log { get; init; }

    /// <summary>status.json with them.</summary>
    public required ReadOnlyMemory<byte> Snapshot { get; init; }

    /// <summary>The status with them.</summary>
    public required MissionStatus Status { get; init; }
}
