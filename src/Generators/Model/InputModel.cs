namespace SpecKitty.Generators.Model;

/// <summary>Something that a guard looks at.</summary>
internal sealed record InputModel(string Id, bool IsFlag, string Documentation);
