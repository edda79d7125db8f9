namespace SpecKitty.Generators.Model;

/// <summary>A contract level.</summary>
internal sealed record LevelModel(string Id, string Documentation);
