using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>What the table of payloads is made of.</summary>
/// <param name="Payloads">The payloads, by id.</param>
/// <param name="Policy">The policy, which a caller hands in.</param>
/// <param name="FirstLevel">The oldest contract level.</param>
internal sealed record PayloadTableInput(EquatableArray<PayloadModel> Payloads, PolicyModel Policy, string FirstLevel);
