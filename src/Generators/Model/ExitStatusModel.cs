namespace SpecKitty.Generators.Model;

/// <summary>An exit status.</summary>
internal sealed record ExitStatusModel(string Id, int Value, string Documentation);
