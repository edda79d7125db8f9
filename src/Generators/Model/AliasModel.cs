namespace SpecKitty.Generators.Model;

/// <summary>Another name of a lane.</summary>
internal sealed record AliasModel(string Id, Reference Lane, Reference Since, string Documentation);
