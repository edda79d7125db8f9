using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Reads JSON as a strict client does: valid UTF-8, one value, no key twice in one object.</summary>
internal static class StrictJson
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="JsonException">It is not one JSON value, or an object has a key twice.</exception>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    internal static JsonElement Parse(ReadOnlySpan<byte> bytes)
    {
        Strict.GetCharCount(bytes);
        RejectDuplicateKeys(bytes);
        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }

    internal static JsonElement Parse(string text) => Parse(Strict.GetBytes(text));

    private static void RejectDuplicateKeys(ReadOnlySpan<byte> bytes)
    {
        var open = new Stack<HashSet<string>>();
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when !open.Peek().Add(reader.GetString()!):
                    throw new JsonException($"The key '{reader.GetString()}' stands twice in one object (at byte {reader.TokenStartIndex}).");
                default:
                    break;
            }
        }
    }
}
