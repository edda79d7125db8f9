using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Extensions;

/// <summary>batch: calls on standard input, a line each, an envelope a line out.</summary>
public sealed class BatchTests
{
    [Test]
    public async Task A_whole_day_of_calls_goes_through_one_process()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();

        var (status, envelopes) = await RunAsync(
            sandbox,
            """["contract-version"]""",
            "",
            Line("start-implementation", ("mission", mission.Slug), ("wp", "WP01"), ("actor", "codex"), ("policy", JsonDocument.Parse(Policy.Valid).RootElement)),
            Line("transition", ("mission", mission.Slug), ("wp", "WP01"), ("to", "for_review"), ("actor", "codex"), ("policy", Policy.Valid), ("subtasks-complete", true), ("force", false)),
            JsonSerializer.Serialize(new[] { "start-review", "--mission", mission.Slug, "--wp", "WP01", "--actor", "rita", "--policy", Policy.Valid }),
            Line("mission-state", ("mission", mission.Slug)));

        await Assert.That(status).IsEqualTo(0);
        await Assert.That(envelopes.Select(e => e.Command)).IsEquivalentTo(
            new[] { "contract-version", "start-implementation", "transition", "start-review", "mission-state" }.Select(name => "orchestrator-api." + name),
            CollectionOrdering.Matching);
        await Assert.That(envelopes[^1].Data.GetProperty("summary").GetProperty("in_review").GetInt32()).IsEqualTo(1);
        await Assert.That(mission.Rows.Length).IsEqualTo(5);
    }

    [Test]
    public async Task Every_line_that_is_no_call_gets_its_envelope_and_the_next_goes_on()
    {
        using var sandbox = Sandbox.WithoutGit();
        sandbox.Mission().Wp("WP01").Write();
        string[] lines =
        [
            "nonsense", "17", "[1]", "{}", """{"command": "mission-state", "more": 1}""", """{"command": "mission-state", "flags": {"mission": 77}}""",
            """["batch"]""", """{"command": "batch"}""", """["--help"]""", """["mission-state", "--help"]""", "[]", """["no-such"]""", """{"command": "mission-state", "flags": {"feature": "x"}}""",
            """{"command": "mission-state", "flags": {"no-such": false}}""", "[\"mission-state\", \"--mission\", \"\\ud800\"]", """{"command": "mission-state", "flags": {"--mission": "077"}}""", new string('x', 1_100_000),
            """{"command": "append-history", "flags": {"mission": "077", "wp": "WP01", "actor": "a", "note": "-"}}""",
        ];

        var (status, envelopes) = await RunAsync(sandbox, [.. lines, """["contract-version"]"""]);

        await Assert.That(status).IsEqualTo(1);
        await Assert.That(envelopes.Count).IsEqualTo(lines.Length + 1);
        foreach (var envelope in envelopes.SkipLast(1))
        {
            await Assert.That(envelope.ErrorCode).IsEqualTo("USAGE_ERROR");
        }

        await Assert.That(envelopes[0].Data.GetProperty("message").GetString()).Contains("Line 1 is no call: it is not valid JSON");
        await Assert.That(envelopes[Array.FindIndex(lines, line => line.Contains("--mission\": \"077", StringComparison.Ordinal))].Data.GetProperty("message").GetString()).Contains("without their dashes, so not '--mission'");
        await Assert.That(envelopes[^1].Success).IsTrue();
    }

    [Test]
    public async Task Bytes_that_are_no_text_and_a_last_line_without_its_line_feed_are_lines_too()
    {
        using var sandbox = Sandbox.WithoutGit();
        byte[] input = [.. "[\"contract-version\", \""u8, 0xFF, .. "\"]\n[\"contract-version\"]"u8];

        var call = await sandbox.RunAsync(sandbox.Root, ["orchestrator-api", "batch"], [], input);

        var envelopes = Envelopes(call);
        await Assert.That(envelopes.Select(e => e.Success)).IsEquivalentTo([false, true], CollectionOrdering.Matching);
    }

    /// <summary>It ended with status 1 and without a word.</summary>
    [Test]
    [Arguments("0<&-", "Bad file descriptor")]
    [Arguments("0<.", "Is a directory")]
    public async Task Calls_that_cannot_be_read_have_an_envelope_that_says_so(string redirection, string reason)
    {
        using var sandbox = Sandbox.Empty();
        string[] argv = ["-c", $"\"$0\" orchestrator-api batch {redirection}", await PublishedExecutable.PathAsync()];

        var call = new Call(argv, await Spawn.RunAsync("/bin/sh", argv, sandbox.Root, sandbox.Environment)).Fails("USAGE_ERROR");

        await Assert.That(call.Message).Contains(reason);
        await Assert.That(call.Envelope.Command).IsEqualTo("orchestrator-api.batch");
    }

    [Test]
    public async Task No_calls_are_no_answers()
    {
        using var sandbox = Sandbox.WithoutGit();

        var call = await sandbox.RunAsync(sandbox.Root, ["orchestrator-api", "batch"], [], [.. "\n \n"u8]);

        await Assert.That((call.ExitStatus, call.StdoutText)).IsEqualTo((0, ""));
    }

    [Test]
    public async Task Hundreds_of_calls_leave_no_descriptor_open()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();
        string[] pair = [Line("transition", ("mission", mission.Slug), ("wp", "WP01"), ("to", "planned"), ("actor", "a"), ("force", true), ("note", "again")), Line("mission-state", ("mission", mission.Slug))];
        string[] argv = ["-c", "ulimit -n 32 && exec \"$@\"", "sh", await PublishedExecutable.PathAsync(), "orchestrator-api", "batch"];
        byte[] lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(pair, 100).SelectMany(line => line).Select(line => line + "\n")));

        var call = new Call(argv, await Spawn.RunAsync("/bin/sh", argv, sandbox.Root, sandbox.Environment, lines));

        await Assert.That(call.ExitStatus).IsEqualTo(0);
        await Assert.That(Envelopes(call).Count).IsEqualTo(200);
        await Assert.That(mission.Rows.Length).IsEqualTo(101);
    }

    private static string Line(string command, params (string Name, object Value)[] flags) =>
        JsonSerializer.Serialize(new { command, flags = flags.ToDictionary(flag => flag.Name, flag => flag.Value) });

    private static async Task<(int Status, List<Envelope> Envelopes)> RunAsync(Sandbox sandbox, params string[] lines)
    {
        var call = await sandbox.RunAsync(sandbox.Root, ["orchestrator-api", "batch"], [], Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        await Assert.That(call.StderrText).IsEmpty();
        return (call.ExitStatus, Envelopes(call));
    }

    private static List<Envelope> Envelopes(Call call) =>
        [.. call.StdoutText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Envelope.Parse(Encoding.UTF8.GetBytes(line + "\n")))];
}
