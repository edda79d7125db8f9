using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace SpecKitty.Publication;

/// <summary>A difference between two published contracts, at the levels that show it.</summary>
/// <param name="IsBreaking">Whether it breaks a caller of the old one.</param>
/// <param name="Where">The definition, and the member of it.</param>
/// <param name="What">What happened to it.</param>
/// <param name="Levels">The levels that show it.</param>
internal sealed record ContractDifference(bool IsBreaking, string Where, string What, IReadOnlyList<string> Levels)
{
    /// <summary>The differences between two sets of documents, each by level; breaking ones first.</summary>
    public static IReadOnlyList<ContractDifference> Between(IReadOnlyDictionary<string, JsonElement> old, IReadOnlyDictionary<string, JsonElement> now)
    {
        List<(bool IsBreaking, string Where, string What, string Level)> found = [];
        foreach (var (level, document) in old)
        {
            if (now.TryGetValue(level, out var newer))
            {
                var comparison = new SchemaComparison(document.GetProperty("$defs"), newer.GetProperty("$defs"));
                found.AddRange(comparison.Run().Select(change => (change.IsBreaking, change.Where, change.What, level)));
            }
            else
            {
                found.Add((true, "level " + level, "removed", level));
            }
        }

        found.AddRange(now.Keys.Where(level => !old.ContainsKey(level)).Select(static level => (false, "level " + level, "added", level)));
        return
        [
            .. found.GroupBy(static change => (change.IsBreaking, change.Where, change.What))
                .Select(static group => new ContractDifference(group.Key.IsBreaking, group.Key.Where, group.Key.What, [.. group.Select(static change => change.Level)]))
                .OrderByDescending(static change => change.IsBreaking),
        ];
    }

    /// <summary>The level that a document says it is of; null for another document.</summary>
    public static string? LevelOf(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty("$id", out var id) && id.ValueKind == JsonValueKind.String
        && document.TryGetProperty("$defs", out var definitions) && definitions.ValueKind == JsonValueKind.Object
        && id.GetString()!.StartsWith(SchemaDocument.IdPrefix, StringComparison.Ordinal)
            ? id.GetString()![SchemaDocument.IdPrefix.Length..]
            : null;
}
