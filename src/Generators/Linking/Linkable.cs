using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>A schema to be linked.</summary>
/// <param name="Model">What it says.</param>
/// <param name="Path">Its file.</param>
/// <param name="IsSound">Whether all of it could be read.</param>
internal readonly record struct Linkable<T>(T Model, string Path, bool IsSound)
    where T : SchemaModel;
