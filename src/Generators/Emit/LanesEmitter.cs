using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the lanes, their names and what is true of them.</summary>
internal static class LanesEmitter
{
    private const string Serialization = "global::System.Text.Json.Serialization.";

    public static Emission Emit(LanesInput input)
    {
        var (id, lanes, aliases) = input;
        var writer = CSharp.File(id);
        writer.Line().Summary("Where a work package is; in summary order.")
            .Line($"[{Serialization}JsonConverter(typeof({CSharp.Own("LaneJsonConverter")}))]");
        using (writer.Block("internal enum Lane : byte"))
        {
            foreach (var lane in lanes)
            {
                writer.Summary(lane.Documentation).Line(Identifiers.Pascal(lane.Id) + ",");
            }
        }

        using (writer.Type("The lanes' names, and what is true of them.", "internal static class Lanes"))
        {
            writer.Summary("How many there are.").Line($"public const int Count = {Literals.Number(lanes.Count)};");
            writer.Line().Summary("The ones that answers show, in summary order.").Line(
                $"public static {CSharp.Lane}[] Displayed => [{string.Join(", ", lanes.Where(static lane => lane.Display).Select(Value))}];");
            Names(writer, "The name as it is written in rows and answers.", "string", "Name", lanes, Literals.Text);
            Names(writer, "The name in UTF-8.", CSharp.Bytes, "Utf8Name", lanes, Literals.Utf8);
            Parse(writer, lanes);
            ParseInput(writer, lanes, aliases);
            Test(writer, "Whether answers show it.", "IsDisplayed", lanes, static lane => lane.Display);
            Test(writer, "Whether nothing leads out of it without force.", "IsTerminal", lanes, static lane => lane.Terminal);
            Test(writer, "Whether a move to it needs a policy.", "RequiresPolicy", lanes, static lane => lane.RequiresPolicy);
            Test(writer, "Whether work packages in it satisfy those that depend on them.", "SatisfiesDependency", lanes, static lane => lane.SatisfiesDependency);
            Test(writer, "Whether work has not begun in it.", "IsNotStarted", lanes, static lane => lane.Progress == "not_started");
        }

        Converter(writer);
        return new Emission("Lanes.lanes.g.cs", writer.Finish(), null);
    }

    /// <summary>A lane's enum value.</summary>
    public static string Value(string id) => CSharp.Lane + "." + Identifiers.Pascal(id);

    private static string Value(LaneModel lane) => Value(lane.Id);

    private static void Names(SourceWriter writer, string documentation, string type, string name, IEnumerable<LaneModel> lanes, Func<string, string> literal)
    {
        writer.Line().Summary(documentation);
        using (writer.Block($"public static {type} {name}({CSharp.Lane} lane) => lane switch", "};"))
        {
            foreach (var lane in lanes)
            {
                writer.Line($"{Value(lane)} => {literal(lane.Id)},");
            }

            writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(lane)),");
        }
    }

    private static void Test(SourceWriter writer, string documentation, string name, IEnumerable<LaneModel> lanes, Func<LaneModel, bool> holds)
    {
        var some = lanes.Where(holds).Select(Value).ToList();
        writer.Line().Summary(documentation).Line(
            $"public static bool {name}({CSharp.Lane} lane) => {(some.Count == 0 ? "false" : "lane is " + string.Join(" or ", some))};");
    }

    private static void Parse(SourceWriter writer, IEnumerable<LaneModel> lanes)
    {
        writer.Line().Summary("The lane of a name as rows have it: canonical names only.");
        using (writer.Block($"public static bool TryParse({CSharp.Bytes} name, out {CSharp.Lane} lane)"))
        {
            using (writer.Block("switch (name.Length)"))
            {
                foreach (var group in lanes.GroupBy(static lane => Encoding.UTF8.GetByteCount(lane.Id)).OrderBy(static group => group.Key))
                {
                    foreach (var lane in group)
                    {
                        string equal = $"global::System.MemoryExtensions.SequenceEqual(name, {Literals.Utf8(lane.Id)})";
                        writer.Line($"case {Literals.Number(group.Key)} when {equal}: lane = {Value(lane)}; return true;");
                    }
                }

                writer.Line("default: lane = default; return false;");
            }
        }
    }

    private static void ParseInput(SourceWriter writer, IEnumerable<LaneModel> lanes, IEnumerable<AliasModel> aliases)
    {
        writer.Line().Summary("The lane that a caller typed: white space around it, case and aliases do not matter.");
        using (writer.Block($"public static bool TryParseInput(string text, out {CSharp.Lane} lane)"))
        {
            using (writer.Block($"switch ({CSharp.Own("PythonText")}.Strip(text).ToLowerInvariant())"))
            {
                foreach (var lane in lanes)
                {
                    writer.Line($"case {Literals.Text(lane.Id)}: lane = {Value(lane)}; return true;");
                }

                foreach (var alias in aliases)
                {
                    writer.Line($"case {Literals.Text(alias.Id)}: lane = {Value(alias.Lane.Id)}; return true;");
                }

                writer.Line("default: lane = default; return false;");
            }
        }
    }

    private static void Converter(SourceWriter writer)
    {
        const string Options = "global::System.Text.Json.JsonSerializerOptions options";
        using (writer.Type("Lanes as names, for the contexts.", $"internal sealed class LaneJsonConverter : {Serialization}JsonConverter<{CSharp.Lane}>"))
        {
            writer.Lines(
                $$"""
                /// <inheritdoc/>
                public override {{CSharp.Lane}} Read(ref global::System.Text.Json.Utf8JsonReader reader, global::System.Type typeToConvert, {{Options}}) =>
                    {{CSharp.Lanes}}.TryParseInput(reader.GetString() ?? "", out var lane) ? lane : throw new global::System.Text.Json.JsonException();

                /// <inheritdoc/>
                public override void Write({{CSharp.Writer}} writer, {{CSharp.Lane}} value, {{Options}}) =>
                    writer.WriteStringValue({{CSharp.Lanes}}.Utf8Name(value));
                """);
        }
    }
}
