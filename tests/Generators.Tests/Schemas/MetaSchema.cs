using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Schemas;

/// <summary>
/// Checks JSON against one of schemas/meta. Knows the keywords of JSON Schema 2020-12 that those use; another one is an error, so that none
/// is ever passed over.
/// </summary>
internal sealed class MetaSchema
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description"];

    /// <summary>Looked at together with <c>if</c>.</summary>
    private const string Then = "then";
    private readonly JsonElement _root;

    private MetaSchema(JsonElement root) => _root = root;

    /// <summary>The folder of the meta schemas.</summary>
    public static string Folder => Path.Combine(SchemaFiles.Repository, "schemas", "meta");

    /// <summary>The schema as it is written.</summary>
    public JsonElement Root => _root;

    /// <summary>The meta schema of a kind.</summary>
    public static MetaSchema Of(string kind) => new(JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, kind + ".schema.json"))).RootElement);

    /// <summary>The first thing that is wrong with a text; null when nothing is.</summary>
    public string? Check(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Check(document.RootElement, _root, "");
    }

    /// <summary>What a reference within the schema stands for.</summary>
    public JsonElement Resolve(string reference) => _root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private string? Check(JsonElement value, JsonElement schema, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Annotations.Contains(keyword.Name) && keyword.Name != Then && Check(value, schema, keyword, path) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private string? Check(JsonElement value, JsonElement schema, JsonProperty keyword, string path)
    {
        var wanted = keyword.Value;
        bool isText = value.ValueKind == JsonValueKind.String;
        bool isNumber = value.ValueKind == JsonValueKind.Number;
        return keyword.Name switch
        {
            "$ref" => Check(value, Resolve(wanted.GetString()!), path),
            "type" => Say(IsOfType(value, wanted.GetString()!)),
            "const" => Say(JsonElement.DeepEquals(value, wanted)),
            "enum" => Say(wanted.EnumerateArray().Any(one => JsonElement.DeepEquals(value, one))),
            "pattern" => Say(!isText || Regex.IsMatch(value.GetString()!, wanted.GetString()!)),
            "minLength" => Say(!isText || value.GetString()!.Length >= wanted.GetInt32()),
            "minimum" => Say(!isNumber || value.GetDecimal() >= wanted.GetDecimal()),
            "maximum" => Say(!isNumber || value.GetDecimal() <= wanted.GetDecimal()),
            "minItems" => Say(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= wanted.GetInt32()),
            "if" => Check(value, wanted, path) is null ? Check(value, schema.GetProperty(Then), path) : null,
            "oneOf" => Say(wanted.EnumerateArray().Count(one => Check(value, one, path) is null) == 1),
            "required" => Say(value.ValueKind != JsonValueKind.Object || wanted.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _))),
            "items" => value.ValueKind != JsonValueKind.Array ? null : Each(value.EnumerateArray().Select((item, index) => Check(item, wanted, $"{path}/{index}"))),
            "properties" => value.ValueKind != JsonValueKind.Object ? null : Each(value.EnumerateObject()
                .Where(member => wanted.TryGetProperty(member.Name, out _))
                .Select(member => Check(member.Value, wanted.GetProperty(member.Name), $"{path}/{member.Name}"))),
            "additionalProperties" when wanted.ValueKind == JsonValueKind.False => Say(value.ValueKind != JsonValueKind.Object
                || value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _))),
            _ => throw new NotSupportedException($"The checker does not know the keyword {keyword.Name}"),
        };

        string? Say(bool holds) => holds ? null : $"{path}: {keyword.Name} {wanted.GetRawText()}";
    }

    private static string? Each(IEnumerable<string?> results) => results.FirstOrDefault(static result => result is not null);

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The checker does not know the type {type}"),
    };
}
