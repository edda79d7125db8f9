namespace SpecKitty.Generators.Json;

/// <summary>A text read as JSON: everything of it that could be read, and the first error.</summary>
/// <param name="Root">The value; of kind <see cref="JsonKind.Missing"/> when there is none.</param>
/// <param name="Error">The first error; null for JSON as RFC 8259 has it.</param>
internal sealed record JsonText(JsonValue Root, JsonError? Error);
