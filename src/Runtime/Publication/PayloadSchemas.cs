using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>Writes the JSON Schemas of payloads at one level: closed objects whose members are all there but for the optional ones.</summary>
internal sealed class PayloadSchemas(ContractLevel level)
{
    private readonly Dictionary<string, PayloadDefinition> _byId = PayloadTable.All.ToDictionary(static payload => payload.Id, StringComparer.Ordinal);

    /// <summary>The parts that other payloads refer to; what is only included in others is none.</summary>
    public static IEnumerable<PayloadDefinition> Parts
    {
        get
        {
            var included = PayloadTable.All.SelectMany(static payload => payload.Includes).ToHashSet(StringComparer.Ordinal);
            return PayloadTable.All.Where(payload => payload.Kind == PayloadKind.Part && !included.Contains(payload.Id) && payload.Id != FailureTail);
        }
    }

    /// <summary>What the tools print with --json: every document but the snapshot, which is a file.</summary>
    public static IEnumerable<PayloadDefinition> ToolDocuments => PayloadTable.All.Where(static payload => payload.Kind == PayloadKind.Document && payload.Id != SchemaDefinitions.Snapshot);

    /// <summary>What the data of every failure ends with.</summary>
    public const string FailureTail = "failure-tail";

    /// <summary>One payload.</summary>
    public PayloadDefinition this[string id] => _byId[id];

    /// <summary>Adds a definition for every field that more than one object has: those of included parts, and what failures end with.</summary>
    public void AddShared(SchemaDefinitions definitions)
    {
        foreach (string part in PayloadTable.All.SelectMany(static payload => payload.Includes).Append(FailureTail).Distinct())
        {
            AddShared(definitions, _byId[part]);
        }

        AddShared(definitions, _byId[SchemaDocument.Envelope]);
    }

    /// <summary>A payload's fields at the level, those of the parts that it includes first, each with the payload that really has it.</summary>
    public IEnumerable<(PayloadDefinition Owner, FieldDefinition Field)> Fields(PayloadDefinition payload) =>
        payload.Includes.SelectMany(include => Fields(_byId[include]))
            .Concat(payload.Fields.Where(field => field.Since <= level).Select(field => (payload, field)))
            .Concat((payload.CountsLanes ? Lanes.Displayed : []).Select(lane => (payload, new FieldDefinition(Lanes.Name(lane), "int", "How many there are."))));

    /// <summary>Writes the members of a payload's schema.</summary>
    public void Write(Utf8JsonWriter writer, string id, ContractLevel since = default) => Write(writer, _byId[id], since: since);

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
        Required(writer, Fields(payload).Select(static field => field.Field));
        if (!isOpen)
        {
            writer.WriteBoolean("additionalProperties", false);
        }
    }

    /// <summary>Writes a property for each field.</summary>
    public void WriteFields(Utf8JsonWriter writer, PayloadDefinition payload)
    {
        foreach (var (owner, field) in Fields(payload))
        {
            if (owner == payload)
            {
                FieldSchema.Property(writer, field);
            }
            else
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
        foreach (var field in payload.Fields.Where(field => field.Since <= level))
        {
            definitions.Add(SharedName(payload, field), writer => FieldSchema.Members(writer, field));
        }
    }

    /// <summary>Writes which of <paramref name="fields"/> must be there.</summary>
    public static void Required(Utf8JsonWriter writer, IEnumerable<FieldDefinition> fields)
    {
        writer.WriteStartArray("required");
        foreach (var field in fields.Where(static field => !field.Optional))
        {
            writer.WriteStringValue(field.Name);
        }

        writer.WriteEndArray();
    }
}
