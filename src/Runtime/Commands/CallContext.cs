using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Commands;

/// <summary>What every handler is given besides its request.</summary>
/// <param name="Level">The contract level served.</param>
/// <param name="Deadline">When the call must have answered.</param>
/// <param name="Project">The project that the call was made in.</param>
internal sealed record CallContext(ContractLevel Level, Deadline Deadline, Project Project);
