using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the event log's file names, fixed values and the tests for foreign rows.</summary>
internal static class EventsEmitter
{
    public static Emission Emit(EventsModel events)
    {
        var writer = CSharp.File(events.Id.Id);
        using (writer.Type("The files in a mission's directory.", "internal static class EventLogFiles"))
        {
            writer.Constant("The event log.", "Log", events.File);
            writer.Constant("What the event log reduces to.", "Snapshot", events.SnapshotFile);
        }

        using (writer.Type(events.Documentation, "internal static class EventConstants"))
        {
            foreach (var constant in events.Constants)
            {
                writer.Constant(constant.Documentation, Identifiers.Member(constant.Id, "EventConstants"), constant.Value);
            }

            string actors = events.GenericActors.Count == 0 ? "false" : "actor is " + string.Join(" or ", events.GenericActors.Select(Literals.Text));
            writer.Line().Summary("Whether an actor stands for nobody in particular.").Line($"public static bool IsGenericActor(string actor) => {actors};");
        }

        Rows(writer, events);
        using (writer.Type("Which keys, and which of their values, make a row one that is not a lane move.", "internal static class ForeignRows"))
        {
            foreach (var row in events.Foreign)
            {
                Foreign(writer, row);
            }
        }

        return new Emission("Events.events.g.cs", writer.Finish(), null);
    }

    private static void Rows(SourceWriter writer, EventsModel events)
    {
        string row = CSharp.Own("EventRowDefinition");
        string foreign = CSharp.Own("ForeignRowDefinition");
        using (writer.Type("The rows as data, for the published JSON Schemas.", "internal static class EventRows"))
        {
            writer.Summary("The rows that this host writes.");
            using (writer.Block($"public static {CSharp.List(row)} All => new {row}[]", "};"))
            {
                foreach (var one in events.Rows)
                {
                    writer.Line($"new({Literals.Text(one.Id)}, {Literals.Text(one.Payload.Id)}, {CSharp.LevelValue(one.Since.Id)}, {Literals.Text(one.Documentation)}),");
                }
            }

            writer.Line().Summary("The rows that it passes over.");
            using (writer.Block($"public static {CSharp.List(foreign)} Foreign => new {foreign}[]", "};"))
            {
                foreach (var one in events.Foreign)
                {
                    string arguments = $"{Literals.Text(one.Id)}, {Literals.Text(one.Key)}, {Literals.TextOrNull(one.Prefix)}, {CSharp.Texts(one.Values)}";
                    writer.Line($"new({arguments}, {Literals.Text(one.Documentation)}),");
                }
            }
        }
    }

    private static void Foreign(SourceWriter writer, ForeignRowModel row)
    {
        string name = Identifiers.Pascal(row.Id);
        writer.Key(row.Documentation, name + "Key", row.Key);
        string test = row.Prefix is not null
            ? $"global::System.MemoryExtensions.StartsWith(value, {Literals.Utf8(row.Prefix)})"
            : string.Join(" || ", row.Values.Select(static value => $"global::System.MemoryExtensions.SequenceEqual(value, {Literals.Utf8(value)})"));
        if (test.Length > 0)
        {
            writer.Summary($"Whether a value of {row.Key} makes the row a foreign one.")
                .Line($"public static bool {name}Matches({CSharp.Bytes} value) => {test};");
        }
    }
}
