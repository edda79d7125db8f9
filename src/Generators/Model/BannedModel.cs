using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>Values that a field must not hold from a level on.</summary>
internal sealed record BannedModel(Reference Field, Reference Since, EquatableArray<string> Values, string Documentation);
