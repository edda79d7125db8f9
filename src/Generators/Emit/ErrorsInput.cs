using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>What the catalogue is made of.</summary>
/// <param name="Errors">The codes.</param>
/// <param name="FirstLevel">The oldest contract level.</param>
internal sealed record ErrorsInput(ErrorsModel Errors, string FirstLevel);
