namespace SpecKitty.Generators.Model;

/// <summary>Something that is named by its id.</summary>
/// <param name="Id">The id.</param>
/// <param name="Site">Where it is named: an index into the file's sites, which only the diagnostics branch has.</param>
internal readonly record struct Reference(string Id, int Site);
