using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>A schema's content.</summary>
/// <param name="Path">The file: tells files of equal ids apart, and is never emitted.</param>
/// <param name="Kind">What it describes.</param>
/// <param name="Model">What it says, as far as it could be read.</param>
/// <param name="IsSound">Whether all of it could be read: else what others miss in it may be what could not be read.</param>
internal sealed record ParsedSchema(string Path, SchemaKind Kind, SchemaModel Model, bool IsSound);
