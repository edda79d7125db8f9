using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Json;

/// <summary>The first thing in a text that is not JSON.</summary>
/// <param name="Message">What is wrong and what was expected.</param>
/// <param name="Span">Where.</param>
internal sealed record JsonError(string Message, TextSpan Span);
