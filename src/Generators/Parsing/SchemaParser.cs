using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Json;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Makes a model of a file. Whatever is wrong with the file becomes a diagnostic, and the model of what is left.</summary>
internal static class SchemaParser
{
    /// <summary>Parses one additional file.</summary>
    public static ParsedFile Parse(SchemaInput input, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string path = input.File.Path;
        try
        {
            var text = input.File.GetText(cancellation);
            if (input.TryGetKind(out var kind) && kind == SchemaKind.Page)
            {
                var page = new SchemaFile(path, text ?? SourceText.From(""));
                return Done(input, page, kind, PageParser.Parse(page, text?.ToString() ?? "", NameOf(path)));
            }

            return text is null || text.Length == 0
                ? Unreadable(input, Descriptors.Unreadable)
                : Parse(input, new SchemaFile(path, text), JsonReader.Read(text.ToString()));
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            return Unreadable(input, Descriptors.Internal, NameOf(path), defect.Message);
        }
    }

    private static ParsedFile Parse(SchemaInput input, SchemaFile file, JsonText json)
    {
        bool known = input.TryGetKind(out var kind);
        if (!known && input.KindName.Length == 0 && SchemaNamedBy(json.Root) is null)
        {
            return new ParsedFile(null, new FileNotes(input.File.Path, [], []));
        }

        if (!known)
        {
            file.Report(Descriptors.UnknownKind, default, input.KindName, string.Join(", ", SchemaInput.KindNames));
            return new ParsedFile(null, NotesOf(input, file));
        }

        if (json.Error is { } error)
        {
            file.ReportAndHush(Descriptors.MalformedJson, error.Span, error.Message);
        }

        if (json.Root.Kind != JsonKind.Object)
        {
            file.ReportAndHush(Descriptors.Unreadable, json.Root.Span);
        }

        return Done(input, file, kind, Read(file, json.Root, kind, NameOf(input.File.Path)));
    }

    private static ParsedFile Done(SchemaInput input, SchemaFile file, SchemaKind kind, SchemaModel model) =>
        new(new ParsedSchema(input.File.Path, kind, model, file.Diagnostics.Count == 0), NotesOf(input, file));

    private static SchemaModel Read(SchemaFile file, JsonValue root, SchemaKind kind, string fileName)
    {
        string kindName = SchemaInput.KindNames[(int)kind];
        var reader = new ObjectReader(file, root, $"a schema of kind '{kindName}'");
        string schema = reader.Text("$schema");
        if (schema.Length > 0 && schema != $"{kindName}.schema.json" && !schema.EndsWith($"/{kindName}.schema.json", StringComparison.Ordinal))
        {
            file.Report(Descriptors.WrongSchema, reader.SpanOf("$schema"), schema, kindName);
        }

        // The first site of every file is its id; a file without a usable one goes by its name.
        string id = reader.Id("id", IdForm.Dashed);
        var self = file.Refer(IdForm.Dashed.Matches(id) ? id : fileName, reader.SpanOf("id"));
        var head = new SchemaHead(self, reader.Text(Entries.Documentation));
        SchemaModel model = kind switch
        {
            SchemaKind.Contract => ContractParser.Parse(file, reader, head),
            SchemaKind.Flags => FlagsParser.Parse(file, reader, head),
            SchemaKind.Errors => ErrorsParser.Parse(file, reader, head),
            SchemaKind.Lanes => LanesParser.Parse(file, reader, head),
            SchemaKind.Policy => PolicyParser.Parse(file, reader, head),
            SchemaKind.Events => EventsParser.Parse(file, reader, head),
            SchemaKind.Messages => MessagesParser.Parse(file, reader, head),
            SchemaKind.Command => CommandParser.Parse(file, reader, head),
            SchemaKind.Payload => PayloadParser.Parse(file, reader, head),
            _ => ToolParser.Parse(file, reader, head),
        };
        reader.End();
        return model;
    }

    /// <summary>A file of which nothing is known but its kind; what it should have described is not reported missing on top.</summary>
    private static ParsedFile Unreadable(SchemaInput input, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        var file = new SchemaFile(input.File.Path, SourceText.From(""));
        file.ReportAndHush(descriptor, default, arguments);
        return Parse(input, file, new JsonText(new JsonValue(), null));
    }

    private static FileNotes NotesOf(SchemaInput input, SchemaFile file) =>
        new(input.File.Path, file.Diagnostics.ToEquatableArray(), file.Sites.ToEquatableArray());

    /// <summary>The JSON Schema that an object names, if it is one of ours.</summary>
    private static string? SchemaNamedBy(JsonValue root)
    {
        foreach (var member in root.Members)
        {
            string text = member.Value.Text;
            if (member.Name == "$schema" && Array.Exists(SchemaInput.KindNames, kind => text.EndsWith($"meta/{kind}.schema.json", StringComparison.Ordinal)))
            {
                return text;
            }
        }

        return null;
    }

    private static string NameOf(string path)
    {
        int start = path.LastIndexOfAny(['/', '\\']) + 1;
        int end = path.LastIndexOf('.');
        return path.Substring(start, (end > start ? end : path.Length) - start);
    }
}
