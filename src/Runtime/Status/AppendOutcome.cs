using System.Collections.Generic;

namespace SpecKitty.Status;

/// <summary>What an append made.</summary>
internal sealed class AppendOutcome
{
    /// <summary>The rows' ids, in the order given.</summary>
    public required string[] EventIds { get; init; }

    /// <summary>The last row's time.</summary>
    public required string At { get; init; }

    /// <summary>What did not go as it should and does no harm, in sentences.</summary>
    public required string[] Warnings { get; init; }
}
