using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>What a payload's type is made of.</summary>
/// <param name="Payload">The payload.</param>
/// <param name="Includes">The parts whose fields come first.</param>
/// <param name="Lanes">The lanes shown, where the fields are those.</param>
/// <param name="FirstLevel">The oldest contract level.</param>
internal sealed record PayloadInput(PayloadModel Payload, EquatableArray<PayloadModel> Includes, EquatableArray<string> Lanes, string FirstLevel);
