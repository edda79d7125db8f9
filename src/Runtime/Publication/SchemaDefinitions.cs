using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>The definitions of a level's document: each has a name, and is written when it is asked for.</summary>
internal sealed class SchemaDefinitions
{
    /// <summary>A row that this host writes.</summary>
    public const string Event = "event";

    /// <summary>status.json.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>Whatever a tool prints with --json.</summary>
    public const string Tools = "tools";

    private readonly ContractLevel _level;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, Action<Utf8JsonWriter>> _writers = new(StringComparer.Ordinal);

    public SchemaDefinitions(ContractLevel level)
    {
        _level = level;
        var payloads = new PayloadSchemas(level);
        var envelopes = new EnvelopeSchemas(level, payloads);
        envelopes.AddTo(this);
        payloads.AddShared(this);
        Add(Event, WriteEvents);
        foreach (var row in EventRows.All)
        {
            if (row.Since <= level)
            {
                Add(RowName(row.Id), writer => payloads.Write(writer, row.Payload, row.Since));
            }
        }

        Add("event.foreign", WriteForeign);
        Add(Snapshot, writer => payloads.Write(writer, Snapshot));
        Add("policy", writer => payloads.Write(writer, PayloadTable.Policy, isOpen: true));
        Add(FieldSchema.Lane, WriteLanes);
        foreach (var part in payloads.Parts)
        {
            Add(FieldSchema.PartName(part.Id), writer => payloads.Write(writer, part));
        }

        Add(Tools, WriteTools);
        foreach (var document in PayloadSchemas.ToolDocuments)
        {
            Add(document.Id, writer => payloads.Write(writer, document));
        }
    }

    /// <summary>Adds a definition.</summary>
    public void Add(string name, Action<Utf8JsonWriter> write)
    {
        _names.Add(name);
        _writers.Add(name, write);
    }

    /// <summary>Writes a definition's members.</summary>
    public void Write(Utf8JsonWriter writer, string name) => _writers[name](writer);

    /// <summary>The definitions of the whole contract, in the order of documents: not what only tools print.</summary>
    public List<string> Reachable()
    {
        List<string> tools = [Tools];
        foreach (var document in PayloadSchemas.ToolDocuments)
        {
            tools.Add(document.Id);
        }

        var wanted = new Queue<string>();
        foreach (string name in _names)
        {
            if (!name.StartsWith(FieldSchema.PartName(""), StringComparison.Ordinal) && !tools.Has(name))
            {
                wanted.Enqueue(name);
            }
        }

        return Reachable(wanted);
    }

    /// <summary>The definitions that one needs, itself and, of a command, argv among them; in the order of documents.</summary>
    public List<string> Reachable(string name)
    {
        var wanted = new Queue<string>();
        wanted.Enqueue(name);
        string argv = EnvelopeSchemas.ArgvName(name);
        if (_writers.ContainsKey(argv))
        {
            wanted.Enqueue(argv);
        }

        return Reachable(wanted);
    }

    private List<string> Reachable(Queue<string> open)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out string? next))
        {
            if (found.Add(next))
            {
                foreach (string reference in References(next))
                {
                    open.Enqueue(reference);
                }
            }
        }

        List<string> inOrder = [];
        foreach (string name in _names)
        {
            if (found.Contains(name))
            {
                inOrder.Add(name);
            }
        }

        return inOrder;
    }

    private static string RowName(string id) => "event." + id;

    private List<string> References(string name)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Write(writer, name);
            writer.WriteEndObject();
        }

        List<string> found = [];
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("$ref"u8) && reader.Read())
            {
                found.Add(reader.GetString()![FieldSchema.Definitions.Length..]);
            }
        }

        return found;
    }

    private static void WriteTools(Utf8JsonWriter writer)
    {
        writer.WriteString("description", "What a tool prints with --json: its document (events: each line of it), or why there is none. Not part of the contract's levels.");
        writer.WriteStartArray("oneOf");
        foreach (var document in PayloadSchemas.ToolDocuments)
        {
            writer.WriteStartObject();
            FieldSchema.Reference(writer, document.Id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteEvents(Utf8JsonWriter writer)
    {
        writer.WriteString("description", $"A row of {EventLogFiles.Log} that this host writes.");
        writer.WriteStartArray("oneOf");
        foreach (var row in EventRows.All)
        {
            if (row.Since <= _level)
            {
                writer.WriteStartObject();
                FieldSchema.Reference(writer, RowName(row.Id));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteForeign(Utf8JsonWriter writer)
    {
        writer.WriteString("description", $"A row of {EventLogFiles.Log} of another writer, which this host keeps and passes over.");
        writer.WriteString("type", "object");
        writer.WriteStartArray("anyOf");
        foreach (var row in EventRows.Foreign)
        {
            writer.WriteStartObject();
            writer.WriteString("description", row.Documentation);
            writer.WriteStartObject("properties");
            writer.WriteStartObject(row.Key);
            if (row.Prefix is { } prefix)
            {
                writer.WriteString("type", "string");
                writer.WriteString("pattern", "^" + prefix.Replace(".", "\\.", StringComparison.Ordinal));
            }
            else if (row.Values.Length > 0)
            {
                FieldSchema.Values(writer, row.Values);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartArray("required");
            writer.WriteStringValue(row.Key);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLanes(Utf8JsonWriter writer)
    {
        writer.WriteString("description", "A lane.");
        writer.WriteStartArray("enum");
        for (int i = 0; i < Lanes.Count; i++)
        {
            writer.WriteStringValue(Lanes.Name((Lane)i));
        }

        writer.WriteEndArray();
    }
}
