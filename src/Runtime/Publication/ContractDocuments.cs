using System;
using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>A published contract: the document of each level, in the order of the levels' names.</summary>
internal sealed class ContractDocuments
{
    public List<string> Levels { get; } = [];

    public List<JsonElement> Documents { get; } = [];

    /// <summary>The document of <paramref name="level"/>; null where there is none.</summary>
    public JsonElement? Of(string level) => Levels.PlaceOf(level) is >= 0 and var index ? Documents[index] : null;

    /// <summary>Takes a document in; false for one that is of no level. The last one of a level counts.</summary>
    public bool TryAdd(JsonElement document)
    {
        if (LevelOf(document) is not { } level)
        {
            return false;
        }

        int index = 0;
        while (index < Levels.Count && string.CompareOrdinal(Levels[index], level) < 0)
        {
            index++;
        }

        if (index < Levels.Count && Levels[index] == level)
        {
            Documents[index] = document;
        }
        else
        {
            Levels.Insert(index, level);
            Documents.Insert(index, document);
        }

        return true;
    }

    /// <summary>The level that a document says it is of; null for another document.</summary>
    private static string? LevelOf(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty("$id", out var id) && id.ValueKind == JsonValueKind.String
        && document.TryGetProperty("$defs", out var definitions) && definitions.ValueKind == JsonValueKind.Object
        && id.GetString()!.StartsWith(SchemaDocument.IdPrefix, StringComparison.Ordinal)
            ? id.GetString()![SchemaDocument.IdPrefix.Length..]
            : null;
}
