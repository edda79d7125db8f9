namespace SpecKitty.Generators.Model;

/// <summary>A field's type.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Item">What a list or map holds.</param>
/// <param name="Part">The payload that a part is.</param>
/// <param name="ClassName">A part's type in C#; filled in by the linker.</param>
internal sealed record FieldType(FieldKind Kind, FieldType? Item = null, Reference Part = default, string ClassName = "");
