using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>
/// Everything that schemas/ promises at level 1.0.0 is live in the executable, and what these tests have written down of the contract is
/// what schemas/ has. Commands and flags are covered by <see cref="UsageTests"/>, which takes them from there.
/// </summary>
public sealed class SchemaTests
{
    /// <summary>Codes without a transcript, and why.</summary>
    private static readonly (string Code, string Why)[] WithoutTranscript =
    [
        ("INTERNAL_ERROR", "takes a defect"),
    ];

    private static readonly string[] SixCommands = ["contract-version", "mission-state", "list-ready", "start-implementation", "start-review", "transition"];

    private static readonly string[] SixCommandsFailures =
        ["ambiguous-selector", "already-claimed", "dependencies-not-satisfied", "event-log-corrupt", "version-mismatch", "failure-tail"];

    [Test]
    public async Task Every_code_has_a_transcript_or_a_reason_why_not()
    {
        var missing = ErrorCatalogue.Codes
            .Where(code => !File.Exists(RepositoryRoot.File("tests", "Contract.Tests", "Cases", "Verified", $"ErrorSnapshots.{code}.verified.txt")))
            .ToArray();

        await Assert.That(string.Join(' ', missing)).IsEqualTo(string.Join(' ', WithoutTranscript.Select(pair => pair.Code).Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task Every_code_lane_and_complaint_is_in_the_executable()
    {
        var image = await File.ReadAllBytesAsync(await PublishedExecutable.PathAsync());
        var lanes = StrictJson.Parse(RepositoryRoot.Read("schemas", "lanes.json"));
        var texts = ErrorCatalogue.Codes
            .Concat(lanes.GetProperty("lanes").EnumerateArray().Select(lane => lane.GetProperty("id").GetString()!))
            .Concat(lanes.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetProperty("id").GetString()!))
            .Concat(lanes.GetProperty("guards").EnumerateArray().SelectMany(guard => guard.GetProperty("conditions").EnumerateArray())
                .Select(condition => condition.GetProperty("message").GetString()!.Split('{')[0]));

        var missing = texts.Where(text => image.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0 && image.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) < 0);

        await Assert.That(string.Join(", ", missing)).IsEqualTo("");
    }

    [Test]
    public async Task The_edges_that_are_tested_are_those_of_the_table()
    {
        var table = StrictJson.Parse(RepositoryRoot.Read("schemas", "lanes.json")).GetProperty("edges").EnumerateArray()
            .Select(edge => $"{edge.GetProperty("from")}>{edge.GetProperty("to")}");

        await Assert.That(string.Join(' ', table)).IsEqualTo(string.Join(' ', LaneMachineTests.EdgeNames));
    }

    [Test]
    public async Task The_policy_fields_that_are_tested_are_those_of_the_table()
    {
        var table = StrictJson.Parse(RepositoryRoot.Read("schemas", "policy.json")).GetProperty("fields").EnumerateArray()
            .Where(field => field.GetProperty("required").GetBoolean()).Select(field => field.GetProperty("id").GetString());

        await Assert.That(string.Join(' ', table)).IsEqualTo(string.Join(' ', Policy.Required));
    }

    [Test]
    public async Task Every_field_of_the_six_commands_answers_is_seen()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Write("tasks/WP04-broken.md", "nothing\n");
        sandbox.Mission("078-other").Id("01JQ8Z4T000000000000000002").Wp("WP01").Write();
        mission.AppendText("{\"torn");

        (await sandbox.ApiAsync("contract-version")).Ok();
        (await mission.StateAsync()).Ok();
        (await mission.ReadyAsync()).Ok();
        (await mission.StartAsync("WP01")).Ok();
        (await sandbox.ApiAsync("start-implementation", "--mission", mission.DirectoryName, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid, "--idempotency-key", "start")).Ok();
        mission.AppendText("{\"torn");
        (await mission.MoveAsync("WP01", "for_review", "--subtasks-complete", "--implementation-evidence-present", "--idempotency-key", "done")).Ok();
        mission.AppendText("{\"torn");
        (await mission.ReviewAsync("WP01", "reviewer", "--idempotency-key", "review")).Ok();
        (await mission.ReviewAsync("WP01", "other")).Fails("WP_ALREADY_CLAIMED");
        (await mission.StartAsync("WP03")).Fails("DEPENDENCIES_NOT_SATISFIED");
        (await sandbox.ApiAsync("list-ready", "--mission", "01JQ8Z4T")).Fails("MISSION_AMBIGUOUS_SELECTOR");
        (await sandbox.ApiAsync("contract-version", "--provider-version", "0")).Fails("CONTRACT_VERSION_MISMATCH");
        (await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", "x")], "contract-version")).Fails("CONTRACT_VERSION_MISMATCH");
        mission.AppendText("torn no more\n");
        (await mission.StateAsync()).Fails("EVENT_LOG_CORRUPT");

        var promised = SixCommands.Concat(SixCommandsFailures).SelectMany(id => PayloadSchema.FieldsOf(id, "1.0.0")).Distinct();
        var unseen = promised.Where(field => !PayloadSchema.Seen.ContainsKey(field) && !field.StartsWith("failure-tail.", StringComparison.Ordinal));

        await Assert.That(string.Join(' ', unseen)).IsEqualTo("");
    }

    [Test]
    public async Task Rows_and_snapshot_have_the_fields_of_the_table()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "in_review");
        mission.Append("{\"event_name\": \"retrospective.requested\", \"at\": \"2026-04-08T12:30:00+00:00\", \"event_id\": \"01JQ8Y00000000000000000001\", \"payload\": {}}");
        (await mission.MoveAsync("WP01", "approved", "--note", "n", "--review-ref", "r", "--evidence-json", Mission.Evidence)).Ok();

        PayloadSchema.Check("snapshot", StrictJson.Parse(mission.Read("status.json")), "1.0.0");
        PayloadSchema.Check("lane-event", mission.Rows[^1], "1.0.0");
        await Assert.That(string.Join(' ', mission.Rows[^1].GetProperty("policy_metadata").EnumerateObject().Select(member => member.Name))).IsEqualTo(
            string.Join(' ', Policy.Required.Append("tool_restrictions").Order(StringComparer.Ordinal)));
    }
}
