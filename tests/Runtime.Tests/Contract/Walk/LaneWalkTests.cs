using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Contract.Walk;

/// <summary>Every lane, alias, edge, guard and condition of the schemas is live, and every row's facts.</summary>
internal sealed class LaneWalkTests
{
    private static readonly JsonElement Schema = SchemaFolder.Read("lanes");

    [Test]
    public async Task Every_lane_has_its_name_and_what_is_true_of_it()
    {
        var lanes = Schema.Entries("lanes");
        await Assert.That(Enum.GetValues<Lane>().Select(Lanes.Name)).IsEquivalentTo(lanes.Select(static lane => lane.Text("id")!), CollectionOrdering.Matching);
        await Assert.That(lanes.Count).IsEqualTo(Lanes.Count);
        await Assert.That(Lanes.Displayed.Select(Lanes.Name)).IsEquivalentTo(lanes.Where(static lane => lane.Says("display")).Select(static lane => lane.Text("id")!), CollectionOrdering.Matching);
        foreach (var schema in lanes)
        {
            string id = schema.Text("id")!;
            await Assert.That(Lanes.TryParse(Encoding.UTF8.GetBytes(id), out var lane)).IsTrue();
            await Assert.That(Encoding.UTF8.GetString(Lanes.Utf8Name(lane))).IsEqualTo(id);
            await Assert.That(Lanes.TryParse(Encoding.UTF8.GetBytes(id.ToUpperInvariant()), out _)).IsFalse();
            await Assert.That(Lanes.TryParseInput($" {id.ToUpperInvariant()}\u001f\n", out var typed) && typed == lane).IsTrue();
            await Assert.That(Lanes.IsDisplayed(lane)).IsEqualTo(schema.Says("display"));
            await Assert.That(Lanes.IsTerminal(lane)).IsEqualTo(schema.Says("terminal"));
            await Assert.That(Lanes.RequiresPolicy(lane)).IsEqualTo(schema.Says("requiresPolicy"));
            await Assert.That(Lanes.SatisfiesDependency(lane)).IsEqualTo(schema.Says("satisfiesDependency"));
            await Assert.That(Lanes.IsNotStarted(lane)).IsEqualTo(schema.Text("progress") == "not_started");
            bool canBeForced = LaneMachine.Reject(Lane.Planned, lane, force: true, new GuardInputs { Actor = "a", Reason = "r" }, ContractLevels.Default) is null;
            await Assert.That(canBeForced).IsEqualTo(schema.Says("forceTarget"));
        }

        foreach (var alias in Schema.Entries("aliases"))
        {
            await Assert.That(Lanes.TryParseInput(alias.Text("id")!, out var lane) && Lanes.Name(lane) == alias.Text("lane")).IsTrue();
            await Assert.That(Lanes.TryParse(Encoding.UTF8.GetBytes(alias.Text("id")!), out _)).IsFalse();
        }

        await Assert.That(Lanes.TryParseInput("in progress", out _)).IsFalse();
    }

    [Test]
    public async Task Every_input_is_there() =>
        await Assert.That(LaneMachineCall.Names).IsEquivalentTo(Schema.Entries("inputs").Select(static input => SchemaFolder.Pascal(input.Text("id")!)), CollectionOrdering.Matching);

    [Test]
    public async Task Every_edge_is_open_and_nothing_else_is()
    {
        var edges = Schema.Entries("edges").Select(static edge => (edge.Text("from")!, edge.Text("to")!)).ToHashSet();
        foreach (var from in Enum.GetValues<Lane>())
        {
            foreach (var to in Enum.GetValues<Lane>())
            {
                string? message = LaneMachineCall.Reject(from, to, force: false, Inputs([]), ContractLevels.Default);
                await Assert.That(message).IsEqualTo(edges.Contains((Lanes.Name(from), Lanes.Name(to))) ? null : Fill(Schema.Text("illegalMessage")!, from, to, []));
            }
        }
    }

    [Test]
    public async Task Every_condition_of_every_guard_closes_its_edges_at_its_levels()
    {
        foreach (var edge in Schema.Entries("edges"))
        {
            foreach (var guard in edge.Texts("guards").Select(id => Schema.Entries("guards").Single(guard => guard.Text("id") == id)))
            {
                foreach (var condition in guard.Entries("conditions"))
                {
                    await Closes(edge, guard, condition);
                }
            }
        }
    }

    [Test]
    public async Task Every_fact_about_rows_is_there()
    {
        var events = SchemaFolder.Read("events");
        await Assert.That(EventLogFiles.Log).IsEqualTo(events.Text("file"));
        await Assert.That(EventLogFiles.Snapshot).IsEqualTo(events.Text("snapshotFile"));
        foreach (var constant in events.Entries("constants"))
        {
            await Assert.That(typeof(EventConstants).GetField(SchemaFolder.Pascal(constant.Text("id")!))!.GetRawConstantValue()).IsEqualTo(constant.Text("value"));
        }

        foreach (string actor in events.Texts("genericActors"))
        {
            await Assert.That(EventConstants.IsGenericActor(actor)).IsTrue();
            await Assert.That(EventConstants.IsGenericActor(actor + "x")).IsFalse();
        }

        var keys = events.Entries("foreign").Select(static row => row.Text("key")!).ToList();
        await Assert.That(keys).IsEquivalentTo(
            [Encoding.UTF8.GetString(ForeignRows.RetrospectiveNameKey), Encoding.UTF8.GetString(ForeignRows.RetrospectiveTypeKey), Encoding.UTF8.GetString(ForeignRows.TypedKey), Encoding.UTF8.GetString(ForeignRows.KindKey)], CollectionOrdering.Matching);
        foreach (string value in events.Entries("foreign").SelectMany(static row => row.Texts("values")))
        {
            await Assert.That(ForeignRows.RetrospectiveTypeMatches(Encoding.UTF8.GetBytes(value))).IsTrue();
        }

        foreach (string prefix in events.Entries("foreign").Select(static row => row.Text("prefix")).OfType<string>())
        {
            await Assert.That(ForeignRows.RetrospectiveNameMatches(Encoding.UTF8.GetBytes(prefix + "anything"))).IsTrue();
            await Assert.That(ForeignRows.RetrospectiveNameMatches(Encoding.UTF8.GetBytes("x" + prefix))).IsFalse();
        }
    }

    private static async Task Closes(JsonElement edge, JsonElement guard, JsonElement condition)
    {
        Lane from = LaneOf(edge.Text("from")!), to = LaneOf(edge.Text("to")!);
        var broken = new Dictionary<string, object?> { [condition.Text("input")!] = condition.Text("is") switch { "true" => false, "non_blank" => " ", _ => "somebody else" } };
        foreach (var level in Enum.GetValues<ContractLevel>())
        {
            bool guards = level >= SchemaFolder.Level(guard.Text("since")!) && (guard.Text("until") is not { } until || level < SchemaFolder.Level(until));
            string? message = LaneMachineCall.Reject(from, to, force: false, Inputs(broken), level);
            await Assert.That(message).IsEqualTo(guards ? Fill(condition.Text("message")!, from, to, broken) : null).Because($"{from} -> {to}, {guard.Text("id")} at {level}");
        }
    }

    private static Lane LaneOf(string id) => Lanes.TryParseInput(id, out var lane) ? lane : throw new ArgumentException(id, nameof(id));

    /// <summary>Inputs that content every condition, but for those given.</summary>
    private static Dictionary<string, object?> Inputs(Dictionary<string, object?> given) => Schema.Entries("inputs").ToDictionary(
        static input => SchemaFolder.Pascal(input.Text("id")!),
        input => given.TryGetValue(input.Text("id")!, out object? value) ? value : Content(input.Text("id")!, input.Text("type") == "bool"));

    private static object? Content(string input, bool isFlag) =>
        isFlag ? true : Schema.Entries("guards").SelectMany(static guard => guard.Entries("conditions")).Any(condition => condition.Text("input") == input && condition.Text("is") == "absent_or_equal") ? null : "x";

    private static string Fill(string message, Lane from, Lane to, Dictionary<string, object?> given)
    {
        message = message.Replace("{from}", Lanes.Name(from), StringComparison.Ordinal).Replace("{to}", Lanes.Name(to), StringComparison.Ordinal);
        foreach (string id in Schema.Entries("inputs").Select(static input => input.Text("id")!))
        {
            message = message.Replace($"{{{id}}}", given.TryGetValue(id, out object? value) ? value?.ToString() : "x", StringComparison.Ordinal);
        }

        return message;
    }
}
