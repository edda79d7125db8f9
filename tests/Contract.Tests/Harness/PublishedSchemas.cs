using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>
/// docs/schemas as an independent validator reads them. Every envelope of every test passes through here: what is published has to hold, and is
/// tight enough to be broken (<see cref="Cases.PublishedSchemaTests"/>).
/// </summary>
internal static class PublishedSchemas
{
    private static readonly ConcurrentDictionary<string, string> Documents = new();
    private static readonly ConcurrentDictionary<(string Level, string Definition), Lazy<JsonSchema>> Schemas = new();
    private static readonly EvaluationOptions Listed = new() { OutputFormat = OutputFormat.List };

    /// <summary>The document of a level.</summary>
    internal static string Document(string level) => Documents.GetOrAdd(level, static level => RepositoryRoot.Read("docs", "schemas", FileName(level)));

    internal static string FileName(string level) => $"orchestrator-api-{level}.schema.json";

    /// <summary>Whether a level's document has a definition.</summary>
    internal static bool Has(string definition, string level) => StrictJson.Parse(Document(level)).GetProperty("$defs").TryGetProperty(definition, out _);

    /// <summary>A definition of a level's document.</summary>
    internal static JsonElement Definition(string name, string level) => StrictJson.Parse(Document(level)).GetProperty("$defs").GetProperty(name);

    /// <exception cref="ContractException">The value is not what the definition says.</exception>
    internal static void Check(string definition, string level, JsonElement value)
    {
        Contract.Holds(Has(definition, level), $"{definition} is nothing that the published schemas ({level}) have");
        var problems = Problems(definition, level, value);
        Contract.Holds(problems.Count == 0, $"{definition} of the published schemas ({level}) refuses {value.GetRawText()}:\n{string.Join('\n', problems)}");
    }

    /// <summary>What a definition finds wrong with a value; empty for nothing.</summary>
    internal static IReadOnlyList<string> Problems(string definition, string level, JsonElement value)
    {
        var schema = Schemas.GetOrAdd((level, definition), static key => new Lazy<JsonSchema>(() => Build(Document(key.Level), key.Definition))).Value;
        return Problems(schema, value);
    }

    /// <summary>What a document, used as it is, finds wrong with a value.</summary>
    internal static IReadOnlyList<string> ProblemsOf(string document, JsonElement value) => Problems(Build(document, null), value);

    /// <summary>Holds what a tool printed with --json against docs/schemas/tools.json: its own document, or why there is none.</summary>
    /// <exception cref="ContractException">It is neither.</exception>
    internal static void CheckTool(string definition, JsonElement value)
    {
        string document = Documents.GetOrAdd("tools", static _ => RepositoryRoot.Read("docs", "schemas", "tools.json"));
        var schema = Schemas.GetOrAdd(("tools", definition), key => new Lazy<JsonSchema>(() => Build(document, key.Definition))).Value;
        var problems = Problems(schema, value);
        Contract.Holds(problems.Count == 0, $"{definition} of docs/schemas/tools.json refuses {value.GetRawText()}:\n{string.Join('\n', problems)}");
    }

    private static IReadOnlyList<string> Problems(JsonSchema schema, JsonElement value)
    {
        var result = schema.Evaluate(value, Listed);
        return result.IsValid
            ? []
            : [.. (result.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key}: {error.Value} ({detail.EvaluationPath})")), "it is not valid"];
    }

    /// <summary>A schema of its own registry, so that the same ids can be there many times; of one definition where that is asked for.</summary>
    private static JsonSchema Build(string document, string? definition)
    {
        if (definition is not null)
        {
            var root = JsonNode.Parse(document)!.AsObject();
            root["$ref"] = "#/$defs/" + definition;
            document = root.ToJsonString();
        }

        return JsonSchema.FromText(document, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }
}
