using System;
using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>Writes the JSON Schema of a payload's field.</summary>
internal static class FieldSchema
{
    private const string ListMark = "[]";
    private const string MapMark = "map:";

    /// <summary>Where definitions are in a document.</summary>
    public const string Definitions = "#/$defs/";

    /// <summary>The definition of the lanes.</summary>
    public const string Lane = "lane";

    /// <summary>The definition of a part.</summary>
    public static string PartName(string id) => "part." + id;

    /// <summary>Writes the property of <paramref name="field"/>, name and all.</summary>
    public static void Property(Utf8JsonWriter writer, FieldDefinition field)
    {
        writer.WriteStartObject(field.Name);
        Members(writer, field);
        writer.WriteEndObject();
    }

    /// <summary>Writes the members of a field's schema.</summary>
    public static void Members(Utf8JsonWriter writer, FieldDefinition field)
    {
        writer.WriteString("description", field.Documentation);
        Since(writer, field.Since);
        if (field.Values.Length > 0)
        {
            Values(writer, field.Values, field.Nullable);
        }
        else
        {
            Type(writer, field.Type, field.Nullable);
        }

        if (field.Pattern is { } pattern)
        {
            writer.WriteString("pattern", pattern);
        }
    }

    /// <summary>Notes the level that something came with, unless every level has it.</summary>
    public static void Since(Utf8JsonWriter writer, ContractLevel since)
    {
        if (since != default)
        {
            writer.WriteString("x-since", ContractLevels.Text(since));
        }
    }

    /// <summary>Writes the values that something can have.</summary>
    public static void Values(Utf8JsonWriter writer, string[] values, bool nullable = false)
    {
        writer.WriteStartArray("enum");
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        if (nullable)
        {
            writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a reference to a definition.</summary>
    public static void Reference(Utf8JsonWriter writer, string name) => writer.WriteString("$ref", Definitions + name);

    private static void Type(Utf8JsonWriter writer, string type, bool nullable)
    {
        if (type.EndsWith(ListMark, StringComparison.Ordinal))
        {
            Named(writer, "array", nullable);
            Items(writer, "items", type[..^ListMark.Length]);
        }
        else if (type.StartsWith(MapMark, StringComparison.Ordinal))
        {
            Named(writer, "object", nullable);
            Items(writer, "additionalProperties", type[MapMark.Length..]);
        }
        else if (type != "json")
        {
            One(writer, type, nullable);
        }
    }

    private static void Items(Utf8JsonWriter writer, string keyword, string type)
    {
        writer.WriteStartObject(keyword);
        Type(writer, type, nullable: false);
        writer.WriteEndObject();
    }

    private static void One(Utf8JsonWriter writer, string type, bool nullable)
    {
        switch (type)
        {
            case "string":
                Named(writer, "string", nullable);
                break;
            case "int" or "long":
                Named(writer, "integer", nullable);
                break;
            case "bool":
                Named(writer, "boolean", nullable);
                break;
            case "payload":
                Named(writer, "object", nullable);
                break;
            default:
                Referred(writer, type == "lane" ? Lane : PartName(type), nullable);
                break;
        }
    }

    private static void Named(Utf8JsonWriter writer, string name, bool nullable)
    {
        if (!nullable)
        {
            writer.WriteString("type", name);
            return;
        }

        writer.WriteStartArray("type");
        writer.WriteStringValue(name);
        writer.WriteStringValue("null");
        writer.WriteEndArray();
    }

    private static void Referred(Utf8JsonWriter writer, string name, bool nullable)
    {
        if (!nullable)
        {
            Reference(writer, name);
            return;
        }

        writer.WriteStartArray("anyOf");
        writer.WriteStartObject();
        Reference(writer, name);
        writer.WriteEndObject();
        writer.WriteStartObject();
        writer.WriteString("type", "null");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
