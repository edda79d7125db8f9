namespace SpecKitty.Generators.Model;

/// <summary>Something that this host can do besides the documented contract.</summary>
internal sealed record CapabilityModel(string Id, string Documentation);
