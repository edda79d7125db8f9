using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Json;

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">Its name without escapes.</param>
/// <param name="NameSpan">Where the name stands, quotes included.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct JsonMember(string Name, TextSpan NameSpan, JsonValue Value);
