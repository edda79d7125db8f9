using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>
/// Compares an answer's data with schemas/payloads: the fields, their order, their types, what may be null or absent. Every answer of
/// every test passes through here, and what was seen is noted, so that a field which no answer has can be found.
/// </summary>
internal static class PayloadSchema
{
    private static readonly Dictionary<string, JsonElement> ById = Directory
        .EnumerateFiles(RepositoryRoot.File("schemas", "payloads"), "*.json")
        .Select(path => StrictJson.Parse(File.ReadAllText(path)))
        .ToDictionary(schema => schema.GetProperty("id").GetString()!);

    private static readonly string[] DisplayLanes = [.. StrictJson.Parse(RepositoryRoot.Read("schemas", "lanes.json"))
        .GetProperty("lanes").EnumerateArray().Where(lane => lane.GetProperty("display").GetBoolean()).Select(lane => lane.GetProperty("id").GetString()!)];

    private static readonly string[] AllLanes = ["genesis", .. DisplayLanes];

    /// <summary>The fields that some answer had, as <c>payload.field</c>.</summary>
    internal static ConcurrentDictionary<string, bool> Seen { get; } = new();

    internal static bool Has(string id) => ById.ContainsKey(id);

    /// <summary>The fields of a payload at a level, as <c>payload.field</c> with the payload that really has them.</summary>
    internal static IEnumerable<string> FieldsOf(string id, string level) => Fields(id, level).Select(field => $"{field.Owner}.{field.Name}");

    /// <exception cref="ContractException">The value does not have the payload's form.</exception>
    internal static void Check(string id, JsonElement value, string level, string[]? butLast = null)
    {
        Contract.Holds(value.ValueKind == JsonValueKind.Object, $"{id} is {value.ValueKind}");
        var allowed = Fields(id, level).ToArray();
        var names = value.EnumerateObject().Select(member => member.Name).Where(name => butLast is null || !butLast.Contains(name)).ToArray();
        var expected = allowed.Where(field => !field.IsOptional || names.Contains(field.Name)).Select(field => field.Name);
        Contract.Equal(string.Join(' ', names), string.Join(' ', expected), $"the fields of {id}");
        foreach (var field in allowed.Where(field => names.Contains(field.Name)))
        {
            Seen.TryAdd($"{field.Owner}.{field.Name}", true);
            CheckValue($"{field.Owner}.{field.Name}", field.Type, field.IsNullable, value.GetProperty(field.Name), level);
        }
    }

    private static void CheckValue(string where, string type, bool isNullable, JsonElement value, string level)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            Contract.Holds(isNullable, $"{where} is null");
        }
        else if (type.StartsWith("map:", StringComparison.Ordinal))
        {
            foreach (var member in value.EnumerateObject())
            {
                CheckValue(where, type["map:".Length..], isNullable: false, member.Value, level);
            }
        }
        else if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            Contract.Equal(value.ValueKind, JsonValueKind.Array, where);
            foreach (var item in value.EnumerateArray())
            {
                CheckValue(where, type[..^2], isNullable: false, item, level);
            }
        }
        else
        {
            var fits = type switch
            {
                "string" => value.ValueKind == JsonValueKind.String,
                "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "int" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
                "long" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
                "lane" => value.ValueKind == JsonValueKind.String && AllLanes.Contains(value.GetString()),
                "json" or "payload" => true,
                _ => Has(type),
            };
            Contract.Holds(fits, $"{where} should be {type}, not {value.GetRawText()}");
            if (Has(type))
            {
                Check(type, value, level);
            }
        }
    }

    private static IEnumerable<Field> Fields(string id, string level) =>
        ById[id].TryGetProperty("order", out var order) && order.GetString() == "sorted"
            ? Declared(id, level).OrderBy(field => field.Name, StringComparer.Ordinal)
            : Declared(id, level);

    private static IEnumerable<Field> Declared(string id, string level)
    {
        var schema = ById[id];
        if (schema.TryGetProperty("includes", out var includes))
        {
            foreach (var field in includes.EnumerateArray().SelectMany(include => Fields(include.GetString()!, level)))
            {
                yield return field;
            }
        }

        if (schema.TryGetProperty("fieldsFrom", out _))
        {
            foreach (var lane in DisplayLanes)
            {
                yield return new Field(id, lane, "int", IsNullable: false, IsOptional: false);
            }
        }

        foreach (var field in schema.GetProperty("fields").EnumerateArray())
        {
            if (!field.TryGetProperty("since", out var since) || new Version(since.GetString()!) <= new Version(level))
            {
                yield return new Field(
                    id, field.GetProperty("name").GetString()!, field.GetProperty("type").GetString()!, Is(field, "nullable"), Is(field, "optional"));
            }
        }
    }

    private static bool Is(JsonElement field, string name) => field.TryGetProperty(name, out var value) && value.GetBoolean();

    private sealed record Field(string Owner, string Name, string Type, bool IsNullable, bool IsOptional);
}
