namespace SpecKitty.Contract;

/// <summary>A kind of row that this host writes. Made by the generated <see cref="EventRows"/>.</summary>
/// <param name="Id">Which kind.</param>
/// <param name="Payload">What it consists of.</param>
/// <param name="Since">The level that it came with.</param>
/// <param name="Documentation">What it says, in a sentence.</param>
internal sealed record EventRowDefinition(string Id, string Payload, ContractLevel Since, string Documentation);
