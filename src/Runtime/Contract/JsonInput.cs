using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SpecKitty.Contract;

/// <summary>Reads the JSON that callers pass in options.</summary>
internal static class JsonInput
{
    // Deeper than anything meant, and far below what a thread's stack holds.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>
    /// The value, all of whose strings and keys are valid Unicode; false with what is wrong, in words that do not repeat the input.
    /// </summary>
    public static bool TryRead(string json, out JsonElement value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        problem = null;
        try
        {
            value = JsonDocument.Parse(json, Options).RootElement;
        }
        catch (JsonException error)
        {
            problem = JsonProblems.Describe(error);
        }
        catch (ArgumentException)
        {
            problem = JsonProblems.NotUnicode;
        }

        if (problem is null && JsonProblems.HasLoneSurrogate(value))
        {
            problem = JsonProblems.NotUnicode;
        }

        return problem is null;
    }
}
