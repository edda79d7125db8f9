using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads a file of tools/.</summary>
internal static class ToolParser
{
    private const string Repeated = "repeated";
    private const string Required = "required";

    public static ToolModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head)
    {
        var words = reader.Has("words") ? reader.Texts("words", IdForm.Dashed) : [head.Id.Id];
        return new ToolModel(head.Id, head.Documentation)
        {
            Since = reader.Id("since", IdForm.Version),
            Words = words.Count > 0 ? words : [head.Id.Id],
            IsHidden = reader.Flag("hidden"),
            Arguments = Arguments(file, reader),
            Flags = reader.Objects("flags", "a tool's flag").Select(entry => Flag(file, entry)).ToEquatableArray(),
            ExitStatuses = Entries.Read(file, reader, "exitStatuses", "exit status", IdForm.Dashed, static (entry, id) =>
                new ExitStatusModel(id, entry.Number("value", required: true) ?? 0, entry.Text(Entries.Documentation))),
            Findings = reader.Has("findings") ? Entries.Read(file, reader, "findings", "finding", IdForm.Dashed, (entry, id) => Finding(file, entry, id)) : [],
            Examples = Examples(file, reader, string.Join(" ", words)),
        };
    }

    /// <summary>Each must be within reach: behind one that takes everything, or in front of which one may be missing, none is.</summary>
    private static EquatableArray<ToolParameterModel> Arguments(SchemaFile file, ObjectReader reader)
    {
        var arguments = new List<ToolParameterModel>();
        foreach (var entry in reader.Objects("arguments", "a tool's argument"))
        {
            string id = entry.Id("id", IdForm.Dashed);
            bool isFile = entry.OptionalChoice("type", "type of an argument", "string", "file") == "file";
            var flag = new FlagModel(id, entry.Text(Entries.Documentation)) { ValueName = entry.Text("valueName"), Values = entry.Texts("values") };
            var argument = new ToolParameterModel(file.Refer(id, entry.SpanOf("id")), flag) { IsFile = isFile, Required = entry.Flag(Required), Repeated = entry.Flag(Repeated) };
            entry.End();
            if (arguments.LastOrDefault() is { } before && (before.Repeated || (argument.Required && !before.Required)))
            {
                string why = before.Repeated ? "takes all that is there" : "may be missing";
                file.Report(Descriptors.UnreachableArgument, entry.SpanOf("id"), id, before.Flag.Id, why);
            }

            arguments.Add(argument);
        }

        return arguments.ToEquatableArray();
    }

    private static ToolParameterModel Flag(SchemaFile file, ObjectReader entry)
    {
        ToolParameterModel flag;
        if (entry.OptionalReference("flag") is { } shared)
        {
            flag = new ToolParameterModel(shared, new FlagModel(shared.Id, "")) { IsShared = true, Required = entry.Flag(Required) };
        }
        else
        {
            string id = entry.Id("id", IdForm.Dashed);
            string type = entry.Choice("type", "type of a flag", "string", "file", "switch");
            flag = new ToolParameterModel(file.Refer(id, entry.SpanOf("id")), FlagsParser.Flag(file, entry, id, type == "switch")) { IsFile = type == "file" };
            foreach (string member in (string[])[Required, Repeated])
            {
                if (entry.Flag(member) && (flag.Flag.IsSwitch || flag.Flag.Default is not null))
                {
                    file.Report(Descriptors.BadFlag, entry.SpanOf(member), id, member, flag.Flag.IsSwitch ? "it is a switch" : "it has a default");
                }
            }

            flag = flag.Flag.IsSwitch || flag.Flag.Default is not null ? flag : flag with { Required = entry.Flag(Required), Repeated = entry.Flag(Repeated) };
        }

        entry.End();
        return flag;
    }

    private static FindingModel Finding(SchemaFile file, ObjectReader entry, string id)
    {
        string severity = entry.Choice("severity", "severity of a finding", "error", "warning", "note");
        return new FindingModel(id, severity, Sentence("text"), Sentence("remedy"), entry.Has("fix") ? Sentence("fix") : null);

        string Sentence(string name) => Placeholders.Check(file, entry.Text(name), entry.SpanOf(name), known: null);
    }

    private static EquatableArray<ExampleModel> Examples(SchemaFile file, ObjectReader reader, string words)
    {
        var examples = new List<ExampleModel>();
        foreach (var entry in reader.Objects("examples", "an example"))
        {
            var example = new ExampleModel(entry.Text("call"), entry.Text(Entries.Documentation));
            entry.End();
            if (example.Call.Length > 0 && !(example.Call + " ").StartsWith(words + " ", System.StringComparison.Ordinal))
            {
                file.Report(Descriptors.ForeignExample, entry.SpanOf("call"), example.Call, words);
            }

            examples.Add(example);
        }

        return examples.ToEquatableArray();
    }
}
