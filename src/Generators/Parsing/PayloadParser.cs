using System;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads a file of payloads/.</summary>
internal static class PayloadParser
{
    private const string Type = "type";

    public static PayloadModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head)
    {
        var payload = new PayloadModel(head.Id, head.Documentation)
        {
            Kind = reader.Choice("kind", "kind of a payload", PayloadModel.Kinds),
            Sorted = reader.OptionalChoice("order", "order of a payload", "sorted") is not null,
            CountsLanes = reader.OptionalChoice("fieldsFrom", "source of fields", "display-lanes") is not null,
            Includes = reader.References("includes"),
        };
        string last = "";
        var fields = Entries.Read(file, reader, "fields", "field", IdForm.Underscored, Field, idMember: "name");
        return payload with { Fields = fields };

        FieldModel Field(ObjectReader entry, string name)
        {
            if (payload.Sorted && string.CompareOrdinal(name, last) < 0)
            {
                file.Report(Descriptors.NotSorted, entry.SpanOf("name"), name, last);
            }

            last = name;
            return PayloadParser.Field(file, entry, name);
        }
    }

    private static FieldModel Field(SchemaFile file, ObjectReader entry, string name) =>
        new(name, TypeOf(file, entry, name), entry.Text(Entries.Documentation))
        {
            Optional = entry.Flag("optional"),
            Nullable = entry.Flag("nullable"),
            Since = entry.OptionalReference("since"),
            Values = entry.Texts("values"),
            Pattern = entry.OptionalText("pattern"),
            Tail = entry.OptionalReference("tail"),
        };

    private static FieldType TypeOf(SchemaFile file, ObjectReader entry, string name)
    {
        if (entry.Has(Type))
        {
            string text = entry.Text(Type);
            return text.Length == 0 ? new FieldType(FieldKind.Unknown) : TypeOf(text, part => file.Refer(part, entry.SpanOf(Type)));
        }

        file.Report(Descriptors.UntypedField, entry.SpanOf("name"), name);
        return new FieldType(FieldKind.Unknown);
    }

    private static FieldType TypeOf(string text, Func<string, Reference> refer)
    {
        if (text.StartsWith("map:", StringComparison.Ordinal))
        {
            return new FieldType(FieldKind.Map, TypeOf(text.Substring(4), refer));
        }

        if (text.EndsWith("[]", StringComparison.Ordinal))
        {
            return new FieldType(FieldKind.List, TypeOf(text.Substring(0, text.Length - 2), refer));
        }

        return text switch
        {
            "string" => new FieldType(FieldKind.String),
            "int" => new FieldType(FieldKind.Int),
            "long" => new FieldType(FieldKind.Long),
            "bool" => new FieldType(FieldKind.Bool),
            "lane" => new FieldType(FieldKind.Lane),
            "json" => new FieldType(FieldKind.Json),
            "payload" => new FieldType(FieldKind.Payload),
            _ => new FieldType(FieldKind.Part, Part: refer(text)),
        };
    }
}
