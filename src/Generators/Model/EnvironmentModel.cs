namespace SpecKitty.Generators.Model;

/// <summary>An environment variable and, where it is a number, its default.</summary>
internal sealed record EnvironmentModel(string Id, string Name, int? Default, string Documentation);
