using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>What every schema begins with.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Documentation">What it is about.</param>
internal readonly record struct SchemaHead(Reference Id, string Documentation);
