namespace SpecKitty.Generators.Tests.Harness;

/// <summary>A schema file of a test.</summary>
/// <param name="Path">Relative to the schemas' folder.</param>
/// <param name="Kind">Its SchemaKind metadata; empty for none.</param>
/// <param name="Text">Its content; null for a file that cannot be read.</param>
internal sealed record SchemaFile(string Path, string Kind, string? Text);
