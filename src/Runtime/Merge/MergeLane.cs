using System.Collections.Generic;

namespace SpecKitty.Merge;

/// <summary>A lane of the manifest, as a merge sees it.</summary>
internal sealed class MergeLane
{
    public required string Id { get; init; }

    /// <summary>Its branch; the target itself for a lane that only plans.</summary>
    public required string Branch { get; init; }

    /// <summary>Its work is on the target already: there is no branch to merge.</summary>
    public required bool IsPlanning { get; init; }

    public required string[] WpIds { get; init; }

    /// <summary>Every work package of it is done, and a merge made it so.</summary>
    public required bool IsRecordedAsMerged { get; init; }
}
