namespace SpecKitty.Generators.Model;

/// <summary>A policy field.</summary>
internal sealed record PolicyFieldModel(string Id, bool IsList, bool Required, bool Nullable, Reference Since, string Documentation);
