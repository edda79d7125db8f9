using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>A kind of row of other writers that this host keeps and passes over. Made by the generated <see cref="EventRows"/>.</summary>
/// <param name="Id">Which kind.</param>
/// <param name="Key">The key that makes it one.</param>
/// <param name="Prefix">What the key's value begins with; null where that does not matter.</param>
/// <param name="Values">What the key's value is; empty where that does not matter.</param>
/// <param name="Documentation">What it is, in a sentence.</param>
internal sealed record ForeignRowDefinition(string Id, string Key, string? Prefix, string[] Values, string Documentation);
