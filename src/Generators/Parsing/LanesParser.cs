using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads lanes.json.</summary>
internal static class LanesParser
{
    /// <summary>What the message about a move along no edge may name.</summary>
    private static readonly string[] MoveNames = ["from", "to"];

    public static LanesModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head)
    {
        var inputs = Entries.Read(file, reader, "inputs", "input", IdForm.Underscored, static (entry, id) =>
            new InputModel(id, entry.Choice("type", "type of an input", "string", "bool") == "bool", entry.Text(Entries.Documentation)));
        string[] placeholders = [.. MoveNames, .. inputs.Where(static input => !input.IsFlag).Select(static input => input.Id)];
        var force = reader.Object("force", "the rule of force");
        var model = new LanesModel(head.Id, head.Documentation)
        {
            Inputs = inputs,
            Lanes = Entries.Read(file, reader, "lanes", "lane", IdForm.Underscored, Lane),
            Aliases = Entries.Read(file, reader, "aliases", "alias", IdForm.Underscored, static (entry, id) =>
                new AliasModel(id, entry.Reference("lane"), entry.Reference("since"), entry.Text(Entries.Documentation))),
            Guards = Entries.Read(file, reader, "guards", "guard", IdForm.Dashed, (entry, id) => Guard(file, entry, id, placeholders)),
            Edges = reader.Objects("edges", "an edge").Select(Edge).ToEquatableArray(),
            ForceRequires = force?.References("requires", required: true) ?? [],
            ForceMessage = force is null ? "" : Message(file, force, "message", MoveNames),
            IllegalMessage = Message(file, reader, "illegalMessage", MoveNames),
        };
        force?.Text(Entries.Documentation);
        force?.End();
        return model;
    }

    private static LaneModel Lane(ObjectReader entry, string id) => new(id, entry.Text(Entries.Documentation))
    {
        Display = entry.Flag("display", required: true),
        Terminal = entry.Flag("terminal", required: true),
        Progress = entry.Choice("progress", "progress of a lane", "not_started", "in_flight", "review", "terminal"),
        RequiresPolicy = entry.Flag("requiresPolicy", required: true),
        ForceTarget = entry.Flag("forceTarget", required: true),
        SatisfiesDependency = entry.Flag("satisfiesDependency"),
        Since = entry.Reference("since"),
    };

    private static GuardModel Guard(SchemaFile file, ObjectReader entry, string id, string[] placeholders) => new(
        id,
        entry.Reference("since"),
        entry.OptionalReference("until"),
        entry.Objects("conditions", "a condition").Select(condition => Condition(file, condition, placeholders)).ToEquatableArray(),
        entry.Text(Entries.Documentation));

    private static ConditionModel Condition(SchemaFile file, ObjectReader entry, string[] placeholders)
    {
        string test = entry.Choice("is", "condition", ConditionModel.NonBlank, ConditionModel.True, ConditionModel.AbsentOrEqual);
        var condition = new ConditionModel(
            entry.Reference("input"),
            test,
            entry.OptionalReference("other", required: test == ConditionModel.AbsentOrEqual),
            Message(file, entry, "message", placeholders));
        entry.End();
        return condition;
    }

    private static EdgeModel Edge(ObjectReader entry)
    {
        var edge = new EdgeModel(entry.Reference("from"), entry.Reference("to"), entry.References("guards"));
        entry.End();
        return edge;
    }

    private static string Message(SchemaFile file, ObjectReader entry, string name, string[] placeholders) =>
        Placeholders.Check(file, entry.Text(name), entry.SpanOf(name), placeholders);
}
