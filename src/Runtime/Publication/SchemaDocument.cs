using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>
/// The contract at one level as a JSON Schema document (2020-12), made of the generated tables: every definition, or those that a few of them need.
/// The document itself is the schema of an envelope, so that it can be used as it is.
/// </summary>
internal sealed class SchemaDocument
{
    /// <summary>The definition of any envelope.</summary>
    public const string Envelope = "envelope";

    /// <summary>What the $id of every document begins with; the level follows.</summary>
    public const string IdPrefix = $"urn:{ContractConstants.Executable}:{ContractConstants.Group}:";

    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private readonly ContractLevel _level;
    private readonly SchemaDefinitions _definitions;

    private SchemaDocument(ContractLevel level)
    {
        _level = level;
        _definitions = new SchemaDefinitions(level);
    }

    /// <summary>What has a document of its own at a level: the envelope, the event log's rows, the snapshot, what tools print, and every command.</summary>
    public static List<string> Subjects(ContractLevel level)
    {
        List<string> subjects = [Envelope, SchemaDefinitions.Event, SchemaDefinitions.Snapshot, SchemaDefinitions.Tools];
        foreach (var document in PayloadSchemas.ToolDocuments)
        {
            subjects.Add(document.Id);
        }

        foreach (var command in CommandTable.All)
        {
            if (command.Since <= level)
            {
                subjects.Add(command.Name);
            }
        }

        return subjects;
    }

    /// <summary>Everything at a level.</summary>
    public static ReadOnlyMemory<byte> Whole(ContractLevel level)
    {
        var document = new SchemaDocument(level);
        return document.Write(Envelope, "", document._definitions.Reachable());
    }

    /// <summary>One of <see cref="Subjects"/>, with what it refers to; a command with its argv.</summary>
    public static ReadOnlyMemory<byte> Of(string subject, ContractLevel level)
    {
        var document = new SchemaDocument(level);
        return document.Write(subject, ":" + subject, document._definitions.Reachable(subject));
    }

    private ReadOnlyMemory<byte> Write(string root, string suffix, List<string> names)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var writer = PythonJson.DocumentWriter(buffer))
        {
            string level = ContractLevels.Text(_level);
            writer.WriteStartObject();
            writer.WriteString("$schema", Dialect);
            writer.WriteString("$id", IdPrefix + level + suffix);
            writer.WriteString("title", $"{ContractConstants.Executable} {ContractConstants.Group}, contract level {level}");
            writer.WriteString("description", CommandTable.GroupDocumentation);
            FieldSchema.Reference(writer, root);
            writer.WriteStartObject("$defs");
            foreach (string name in names)
            {
                writer.WriteStartObject(name);
                _definitions.Write(writer, name);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return buffer.WrittenMemory;
    }
}
