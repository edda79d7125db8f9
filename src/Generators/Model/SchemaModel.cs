namespace SpecKitty.Generators.Model;

/// <summary>What one schema file says, without positions.</summary>
/// <param name="Id">Its id; the site is 0 in every file.</param>
/// <param name="Documentation">What it is about.</param>
internal abstract record SchemaModel(Reference Id, string Documentation);
