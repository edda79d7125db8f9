using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>What a caller brings forward for a move besides its actor and its note: the inputs of the lane machine's guards.</summary>
internal readonly struct MoveGrounds
{
    public bool SubtasksComplete { get; init; }

    public bool ImplementationEvidencePresent { get; init; }

    /// <summary>Evidence in its stored shape; null for none.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>The structured outcome (level 1.3.0); null for none.</summary>
    public ReviewResult? ReviewResult { get; init; }
}
