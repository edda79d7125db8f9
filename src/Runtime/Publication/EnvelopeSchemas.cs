using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>The definitions of envelopes at one level: of every command its argv, its answer, its failures, and the data of every cause.</summary>
internal sealed class EnvelopeSchemas(ContractLevel level, PayloadSchemas payloads)
{
    private const string Unknown = "unknown";
    private readonly Items<CommandDefinition> _commands = Commands(level);

    /// <summary>The definition of a command's argv.</summary>
    public static string ArgvName(string command) => command + ".argv";

    private static Items<CommandDefinition> Commands(ContractLevel level)
    {
        Items<CommandDefinition> commands = [];
        foreach (var command in CommandTable.All)
        {
            if (command.Since <= level)
            {
                commands.Add(command);
            }
        }

        return commands;
    }

    /// <summary>Adds the definitions to a document.</summary>
    public void AddTo(SchemaDefinitions definitions)
    {
        definitions.Add(SchemaDocument.Envelope, WriteAny);
        foreach (var command in _commands)
        {
            List<string> served = [];
            foreach (var error in command.Errors)
            {
                string code = ErrorCatalog.Name(Served(error));
                if (!served.Has(code))
                {
                    served.Add(code);
                }
            }

            definitions.Add(command.Name, writer => WriteCommand(writer, command));
            definitions.Add(ArgvName(command.Name), writer => WriteArgv(writer, command));
            if (command.Payload is { } payload)
            {
                definitions.Add(SuccessName(command.Name), writer => WriteSuccess(writer, command));
                definitions.Add(DataName(command.Name), writer => payloads.Write(writer, payload));
            }

            definitions.Add(FailureName(command.Name), writer => WriteFailure(writer, command.QualifiedName, served));
        }

        definitions.Add(Unknown, writer => WriteFailure(writer, ContractConstants.UnknownCommand, [ErrorCatalog.Name(ErrorCode.UsageError)]));
        foreach (var code in ErrorCatalog.All)
        {
            if (Served(code) == code)
            {
                definitions.Add(CodeName(ErrorCatalog.Name(code)), writer => WriteCode(writer, code));
            }
        }

        foreach (var cause in ErrorCatalog.All)
        {
            definitions.Add(CauseName(cause), writer => WriteCause(writer, cause));
        }
    }

    private static string SuccessName(string command) => command + ".success";

    private static string FailureName(string command) => command + ".failure";

    private static string DataName(string command) => command + ".data";

    private static string CodeName(string code) => "code." + code;

    private static string CauseName(ErrorCode cause) => "cause." + ErrorCatalog.Name(cause);

    private ErrorCode Served(ErrorCode code) => ErrorCatalog.Served(code, level);

    private void WriteAny(Utf8JsonWriter writer)
    {
        writer.WriteString("description", payloads[SchemaDocument.Envelope].Documentation);
        List<string> names = [];
        foreach (var command in _commands)
        {
            names.Add(command.Name);
        }

        names.Add(Unknown);
        OneOf(writer, names);
    }

    private static void WriteCommand(Utf8JsonWriter writer, CommandDefinition command)
    {
        writer.WriteString("description", command.Documentation);
        FieldSchema.Since(writer, command.Since);
        writer.WriteString("x-mode", command.IsMutation ? "mutation" : "read");
        OneOf(writer, command.Payload is null ? [FailureName(command.Name)] : [SuccessName(command.Name), FailureName(command.Name)]);
    }

    /// <summary>argv as an object: what JSON Schema can say of flags that come in any order.</summary>
    private void WriteArgv(Utf8JsonWriter writer, CommandDefinition command)
    {
        writer.WriteString("description", "argv as an object: a member a flag, true for a switch.");
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var use in command.Flags)
        {
            if (use.Flag.Since <= level)
            {
                WriteFlag(writer, use.Flag);
            }
        }

        writer.WriteEndObject();
        writer.WriteStartArray("required");
        foreach (var use in command.Flags)
        {
            if (use.Required && use.Flag.Since <= level)
            {
                writer.WriteStringValue(use.Flag.Name);
            }
        }

        writer.WriteEndArray();
        writer.WriteBoolean("additionalProperties", false);
    }

    private static void WriteFlag(Utf8JsonWriter writer, FlagDefinition flag)
    {
        writer.WriteStartObject(flag.Name);
        writer.WriteString("description", flag.Documentation);
        FieldSchema.Since(writer, flag.Since);
        if (flag.IsSwitch)
        {
            writer.WriteBoolean("const", true);
        }
        else
        {
            writer.WriteString("type", "string");
        }

        if (flag.Values.Length > 0)
        {
            FieldSchema.Values(writer, flag.Values);
        }

        if (flag.Default is { } value)
        {
            writer.WriteString("default", value);
        }

        if (flag.Name == Flags.Policy)
        {
            writer.WriteString("contentMediaType", "application/json");
            writer.WriteStartObject("contentSchema");
            FieldSchema.Reference(writer, "policy");
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        if (flag.Negation is { } negation)
        {
            writer.WriteStartObject(negation);
            writer.WriteString("description", $"The opposite of {flag.Name}.");
            writer.WriteBoolean("const", true);
            writer.WriteEndObject();
        }
    }

    private void WriteSuccess(Utf8JsonWriter writer, CommandDefinition command) => WriteEnvelope(
        writer,
        command.QualifiedName,
        success: true,
        static output => output.WriteString("type", "null"),
        output => FieldSchema.Reference(output, DataName(command.Name)));

    private void WriteFailure(Utf8JsonWriter writer, string command, List<string> codes)
    {
        WriteEnvelope(writer, command, success: false, output => FieldSchema.Values(output, codes.ToArray()), static output => output.WriteString("type", "object"));
        writer.WriteStartArray("oneOf");
        foreach (string code in codes)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("properties");
            writer.WriteStartObject(EnvelopeKeys.ErrorCode);
            writer.WriteString("const", code);
            writer.WriteEndObject();
            writer.WriteStartObject(EnvelopeKeys.Data);
            FieldSchema.Reference(writer, CodeName(code));
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteEnvelope(Utf8JsonWriter writer, string command, bool success, Action<Utf8JsonWriter> errorCode, Action<Utf8JsonWriter> data)
    {
        var envelope = payloads[SchemaDocument.Envelope];
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var field in envelope.Fields)
        {
            switch (field.Name)
            {
                case EnvelopeKeys.ContractVersion:
                    Special(field, output => output.WriteString("const", ContractLevels.Text(level)));
                    break;
                case EnvelopeKeys.Command:
                    Special(field, output => output.WriteString("const", command));
                    break;
                case EnvelopeKeys.Success:
                    Special(field, output => output.WriteBoolean("const", success));
                    break;
                case EnvelopeKeys.ErrorCode:
                    Special(field, errorCode);
                    break;
                case EnvelopeKeys.Data:
                    Special(field, data);
                    break;
                default:
                    PayloadSchemas.Shared(writer, envelope, field);
                    break;
            }
        }

        writer.WriteEndObject();
        payloads.Required(writer, envelope);
        writer.WriteBoolean("additionalProperties", false);

        void Special(FieldDefinition field, Action<Utf8JsonWriter> write)
        {
            writer.WriteStartObject(field.Name);
            write(writer);
            writer.WriteEndObject();
        }
    }

    /// <summary>The data of every cause that appears as <paramref name="code"/> at the level.</summary>
    private void WriteCode(Utf8JsonWriter writer, ErrorCode code)
    {
        writer.WriteString("description", ErrorCatalog.Documentation(code));
        FieldSchema.Since(writer, ErrorCatalog.Since(code));
        List<string> causes = [];
        foreach (var cause in ErrorCatalog.All)
        {
            if (Served(cause) == code)
            {
                causes.Add(CauseName(cause));
            }
        }

        OneOf(writer, causes);
    }

    /// <summary>The data of a cause: what the catalogue adds, all of it or nothing, and what every failure ends with.</summary>
    private void WriteCause(Utf8JsonWriter writer, ErrorCode cause)
    {
        var tail = payloads[PayloadSchemas.FailureTail];
        var data = ErrorCatalog.Data(cause) is { } id ? payloads[id] : null;
        writer.WriteString("description", ErrorCatalog.Documentation(cause));
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        if (data is not null)
        {
            payloads.WriteFields(writer, data);
        }

        foreach (var field in tail.Fields)
        {
            WriteTail(writer, tail, field, cause);
        }

        writer.WriteEndObject();
        payloads.Required(writer, tail);
        if (data is not null)
        {
            // All that the catalogue adds is there, or nothing of it.
            writer.WriteStartObject("if");
            writer.WriteNumber("minProperties", tail.Fields.Length + 1);
            writer.WriteEndObject();
            writer.WriteStartObject("then");
            payloads.Required(writer, data);
            writer.WriteEndObject();
        }

        writer.WriteBoolean("additionalProperties", false);
    }

    private static void WriteTail(Utf8JsonWriter writer, PayloadDefinition tail, FieldDefinition field, ErrorCode cause)
    {
        switch (field.Name)
        {
            case var key when FailureTailFields.ReasonCode.SequenceEqual(Encoding.UTF8.GetBytes(key)):
                writer.WriteStartObject(field.Name);
                writer.WriteString("const", ErrorCatalog.Name(cause));
                writer.WriteEndObject();
                break;
            case "retryable" when !ErrorCatalog.Retryable(cause):
                writer.WriteStartObject(field.Name);
                writer.WriteBoolean("const", false);
                writer.WriteEndObject();
                break;
            default:
                PayloadSchemas.Shared(writer, tail, field);
                break;
        }
    }

    private static void OneOf(Utf8JsonWriter writer, List<string> names)
    {
        writer.WriteStartArray("oneOf");
        foreach (string name in names)
        {
            writer.WriteStartObject();
            FieldSchema.Reference(writer, name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
