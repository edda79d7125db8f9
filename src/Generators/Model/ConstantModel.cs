namespace SpecKitty.Generators.Model;

/// <summary>A fixed value.</summary>
internal sealed record ConstantModel(string Id, string Value, string Documentation);
