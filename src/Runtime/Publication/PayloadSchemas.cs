using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>Writes the JSON Schemas of payloads at one level: closed objects whose members are all there but for the optional ones.</summary>
internal sealed class PayloadSchemas(ContractLevel level)
{
    /// <summary>What the data of every failure ends with.</summary>
    public const string FailureTail = "failure-tail";

    private readonly PayloadDefinition[] _all = PayloadTable.All;

    /// <summary>The parts that other payloads refer to; what is only included in others is none.</summary>
    public Items<PayloadDefinition> Parts
    {
        get
        {
            var included = Included();
            Items<PayloadDefinition> parts = [];
            foreach (var payload in _all)
            {
                if (payload.Kind == PayloadKind.Part && !included.Has(payload.Id) && payload.Id != FailureTail)
                {
                    parts.Add(payload);
                }
            }

            return parts;
        }
    }

    /// <summary>What the tools print with --json: every document but the snapshot, which is a file.</summary>
    public static Items<PayloadDefinition> ToolDocuments
    {
        get
        {
            Items<PayloadDefinition> documents = [];
            foreach (var payload in PayloadTable.All)
            {
                if (payload.Kind == PayloadKind.Document && payload.Id != SchemaDefinitions.Snapshot)
                {
                    documents.Add(payload);
                }
            }

            return documents;
        }
    }

    /// <summary>One payload.</summary>
    public PayloadDefinition this[string id]
    {
        get
        {
            foreach (var payload in _all)
            {
                if (payload.Id == id)
                {
                    return payload;
                }
            }

            throw new KeyNotFoundException(id);
        }
    }

    /// <summary>Adds a definition for every field that more than one object has: those of included parts, and what failures end with.</summary>
    public void AddShared(SchemaDefinitions definitions)
    {
        foreach (string part in Included())
        {
            AddShared(definitions, this[part]);
        }

        AddShared(definitions, this[FailureTail]);
        AddShared(definitions, this[SchemaDocument.Envelope]);
    }

    /// <summary>The parts that others include, each once, in the order of the first that does.</summary>
    private List<string> Included()
    {
        List<string> included = [];
        foreach (var payload in _all)
        {
            foreach (string part in payload.Includes)
            {
                if (!included.Has(part))
                {
                    included.Add(part);
                }
            }
        }

        return included;
    }

    /// <summary>The fields that a payload itself has at the level.</summary>
    private Items<FieldDefinition> Own(PayloadDefinition payload)
    {
        Items<FieldDefinition> fields = [];
        foreach (var field in payload.Fields)
        {
            if (field.Since <= level)
            {
                fields.Add(field);
            }
        }

        if (payload.CountsLanes)
        {
            foreach (var lane in Lanes.Displayed)
            {
                fields.Add(new FieldDefinition(Lanes.Name(lane), "int", "How many there are."));
            }
        }

        return fields;
    }

    /// <summary>Writes the members of a payload's schema.</summary>
    public void Write(Utf8JsonWriter writer, string id, ContractLevel since = default) => Write(writer, this[id], since: since);

    /// <summary>Writes the members of a payload's schema.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="isOpen">Whether other members are allowed.</param>
    /// <param name="since">The level that it came with.</param>
    public void Write(Utf8JsonWriter writer, PayloadDefinition payload, bool isOpen = false, ContractLevel since = default)
    {
        writer.WriteString("description", payload.Documentation);
        FieldSchema.Since(writer, since);
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        WriteFields(writer, payload);
        writer.WriteEndObject();
        Required(writer, payload);
        if (!isOpen)
        {
            writer.WriteBoolean("additionalProperties", false);
        }
    }

    /// <summary>Writes a property for each field, those of the parts that the payload includes first.</summary>
    public void WriteFields(Utf8JsonWriter writer, PayloadDefinition payload)
    {
        WriteIncluded(writer, payload);
        foreach (var field in Own(payload))
        {
            FieldSchema.Property(writer, field);
        }
    }

    private void WriteIncluded(Utf8JsonWriter writer, PayloadDefinition payload)
    {
        foreach (string include in payload.Includes)
        {
            var owner = this[include];
            WriteIncluded(writer, owner);
            foreach (var field in Own(owner))
            {
                Shared(writer, owner, field);
            }
        }
    }

    /// <summary>Writes a property that refers to the field's definition.</summary>
    public static void Shared(Utf8JsonWriter writer, PayloadDefinition owner, FieldDefinition field)
    {
        writer.WriteStartObject(field.Name);
        FieldSchema.Reference(writer, SharedName(owner, field));
        writer.WriteEndObject();
    }

    private static string SharedName(PayloadDefinition owner, FieldDefinition field) => $"{owner.Id}.{field.Name}";

    private void AddShared(SchemaDefinitions definitions, PayloadDefinition payload)
    {
        foreach (var field in payload.Fields)
        {
            if (field.Since <= level)
            {
                definitions.Add(SharedName(payload, field), writer => FieldSchema.Members(writer, field));
            }
        }
    }

    /// <summary>Writes which fields of <paramref name="payload"/> must be there.</summary>
    public void Required(Utf8JsonWriter writer, PayloadDefinition payload)
    {
        writer.WriteStartArray("required");
        WriteRequired(writer, payload);
        writer.WriteEndArray();
    }

    private void WriteRequired(Utf8JsonWriter writer, PayloadDefinition payload)
    {
        foreach (string include in payload.Includes)
        {
            WriteRequired(writer, this[include]);
        }

        foreach (var field in Own(payload))
        {
            if (!field.Optional)
            {
                writer.WriteStringValue(field.Name);
            }
        }
    }
}
