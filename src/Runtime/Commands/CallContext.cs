using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Commands;

/// <summary>What every handler is given besides its request.</summary>
/// <param name="Level">The contract level served.</param>
/// <param name="Deadline">When the call must have answered.</param>
/// <param name="Project">The project that the call was made in.</param>
internal sealed record CallContext(ContractLevel Level, Deadline Deadline, Project Project)
{
    /// <summary>Where the answer is recorded before it is given; null for a call without idempotency key.</summary>
    public KeyedCall? Keyed { get; init; }

    /// <summary>What answers say of having been given before: no, or nothing where no key was given.</summary>
    public bool? Replayed => Keyed is null ? null : false;
}
