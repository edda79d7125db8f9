using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Runtime.Tests.Contract.Walk;

namespace SpecKitty.Runtime.Tests.Contract;

/// <summary>The lane machine against what the reference host says of every pair of lanes.</summary>
internal sealed class LaneMachineTests
{
    private static readonly JsonElement Data = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "Data", "lane-machine.json"))).RootElement;

    /// <summary>Inputs with which every guard is content.</summary>
    private static readonly Dictionary<string, object?> Content = new()
    {
        ["Actor"] = "a",
        ["Reason"] = "because",
        ["WorkspaceContext"] = "worktree:/x",
        ["SubtasksComplete"] = true,
        ["ImplementationEvidencePresent"] = true,
        ["EvidenceReviewer"] = "r",
        ["EvidenceReference"] = "ref",
        ["ReviewRef"] = "ref",
        ["ReviewResultPresent"] = true,
        ["ReviewReviewer"] = "r",
        ["ReviewVerdict"] = "approved",
        ["ReviewReference"] = "ref",
    };

    [Test]
    public async Task All_100_pairs_are_tried() => await Assert.That(Pairs().Length).IsEqualTo(Lanes.Count * Lanes.Count);

    [Test]
    public async Task Without_force_only_edges_lead_anywhere()
    {
        foreach (var pair in Pairs())
        {
            await Assert.That(Reject(pair, force: false, Content)).IsEqualTo(pair.GetProperty("message").GetString()).Because(Name(pair));
        }
    }

    [Test]
    [Arguments("")]
    [Arguments(" \t\u001f\u00a0")]
    [Arguments(null)]
    public async Task Each_guard_wants_what_it_wants(string? lacking)
    {
        foreach (var (pair, guard) in Guards())
        {
            string input = Input(guard);
            object? value = input == "CurrentActor" ? "someone-else" : Content[input] is bool ? false : lacking;
            string expected = guard.GetProperty("message").GetString()!.Replace("{current_actor}", "someone-else", StringComparison.Ordinal).Replace("{actor}", "a", StringComparison.Ordinal);
            await Assert.That(Reject(pair, force: false, With(input, value))).IsEqualTo(expected).Because($"{Name(pair)} without {input}");
        }
    }

    [Test]
    public async Task No_guard_wants_anything_else()
    {
        foreach (var pair in Pairs().Where(static pair => pair.GetProperty("message").ValueKind == JsonValueKind.Null))
        {
            var wanted = pair.GetProperty("guards").EnumerateArray().Select(Input).ToList();
            foreach (string input in Content.Keys.Except(wanted))
            {
                await Assert.That(Reject(pair, force: false, With(input, null))).IsNull().Because($"{Name(pair)} without {input}");
            }
        }
    }

    [Test]
    public async Task Force_replaces_edges_and_guards()
    {
        var bare = Content.ToDictionary(static input => input.Key, static input => input.Key is "Actor" or "Reason" ? input.Value : null);
        foreach (var pair in Pairs())
        {
            await Assert.That(Reject(pair, force: true, bare)).IsEqualTo(pair.GetProperty("forced").GetString()).Because(Name(pair));
        }
    }

    [Test]
    [Arguments("Actor")]
    [Arguments("Reason")]
    public async Task Force_needs_an_actor_and_a_reason_and_looks_at_the_target_first(string input)
    {
        foreach (var pair in Pairs())
        {
            string expected = pair.GetProperty("forced").GetString() ?? Data.GetProperty("forceLacks").GetString()!;
            await Assert.That(Reject(pair, force: true, With(input, " "))).IsEqualTo(expected).Because(Name(pair));
        }
    }

    [Test]
    public async Task A_review_is_anybodys_from_1_3_0_on()
    {
        var inputs = new GuardInputs { Actor = "a", CurrentActor = "b" };
        await Assert.That(LaneMachine.Reject(Lane.ForReview, Lane.InReview, false, inputs, ContractLevel.V1_2_0)).IsNotNull();
        await Assert.That(LaneMachine.Reject(Lane.ForReview, Lane.InReview, false, new GuardInputs { Actor = "a", CurrentActor = "b" }, ContractLevel.V1_3_0)).IsNull();
        await Assert.That(LaneMachine.Reject(Lane.ForReview, Lane.InReview, false, new GuardInputs { Actor = "a", CurrentActor = "a" }, ContractLevel.V1_0_0)).IsNull();
    }

    private static string? Reject(JsonElement pair, bool force, Dictionary<string, object?> inputs) =>
        LaneMachineCall.Reject(LaneOf(pair, "from"), LaneOf(pair, "to"), force, inputs, ContractLevels.Default);

    private static string Input(JsonElement guard) => SchemaFolder.Pascal(guard.GetProperty("input").GetString()!);

    private static Lane LaneOf(JsonElement pair, string end) =>
        Lanes.TryParse(JsonSerializer.SerializeToUtf8Bytes(pair.GetProperty(end).GetString()).AsSpan()[1..^1], out var lane) ? lane : throw new InvalidOperationException(end);

    private static Dictionary<string, object?> With(string input, object? value) => new(Content) { [input] = value };

    private static JsonElement[] Pairs() => [.. Data.GetProperty("pairs").EnumerateArray()];

    private static IEnumerable<(JsonElement Pair, JsonElement Guard)> Guards() =>
        Pairs().SelectMany(static pair => pair.GetProperty("guards").EnumerateArray().Select(guard => (pair, guard)));

    private static string Name(JsonElement pair) => $"{pair.GetProperty("from")} -> {pair.GetProperty("to")}";
}
