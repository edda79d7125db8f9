using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Policy metadata: when it is due, in which order it is checked, with which words, and what is kept of it (HOST §8).</summary>
public sealed class PolicyTests
{
    private const string Patterns = "token|secret|key|password|credential";

    public static IEnumerable<(string Policy, string Message)> Bad()
    {
        yield return ("[]", "--policy must be a JSON object");
        yield return ("null", "--policy must be a JSON object");
        yield return ("\"x\"", "--policy must be a JSON object");
        yield return ("1", "--policy must be a JSON object");
        yield return ("{}", "--policy missing required field: 'orchestrator_id'");
        foreach (var field in Policy.Required)
        {
            yield return (Policy.Without(field), $"--policy missing required field: '{field}'");
        }

        foreach (var field in Policy.Required[..^1])
        {
            foreach (var value in new object?[] { null, 1, true, new[] { "x" }, new { a = 1 } })
            {
                yield return (Policy.With((field, value)), $"--policy.{field} must be a string");
            }
        }

        foreach (var value in new object?[] { null, "x", 1, new { a = 1 } })
        {
            yield return (Policy.With(("dangerous_flags", value)), "--policy.dangerous_flags must be a JSON array");
        }

        yield return (Policy.With(("dangerous_flags", new object?[] { "x", null })), "--policy.dangerous_flags entries must be strings");
        yield return (Policy.With(("dangerous_flags", new object?[] { 1 })), "--policy.dangerous_flags entries must be strings");
        foreach (var value in new object?[] { 1, false, new[] { "x" }, new { a = 1 } })
        {
            yield return (Policy.With(("tool_restrictions", value)), "--policy.tool_restrictions must be a string or null");
        }

        // Several faults: the first in the order of the checks is named.
        yield return (Policy.With(("network_mode", 1), ("agent_family", 2), ("orchestrator_id", "a token")), "--policy.agent_family must be a string");
        yield return (Policy.With(("dangerous_flags", 1), ("network_mode", null)), "--policy.network_mode must be a string");
    }

    public static IEnumerable<(string Policy, string Path)> Secretive()
    {
        yield return (Policy.With(("orchestrator_id", "my-TOKEN-abc123")), "orchestrator_id");
        yield return (Policy.With(("agent_family", "abc123 Secret")), "agent_family");
        yield return (Policy.With(("dangerous_flags", new[] { "--fine", "--api-key=abc123" })), "dangerous_flags[1]");
        yield return (Policy.With(("tool_restrictions", "abc123credentials")), "tool_restrictions");
        yield return (Policy.With(("extra", "monkey abc123")), "extra");
        yield return (Policy.With(("extra", new { a = new object[] { "x", new { b = "PASSWORD abc123" } } })), "extra.a[1].b");
        yield return (Policy.With(("extra", new object[] { new object[] { "abc123 kEy" } })), "extra[0][0]");
    }

    [Test]
    [MethodDataSource(nameof(Bad))]
    public async Task A_policy_is_refused_with_the_fault_that_comes_first(string policy, string message)
    {
        using var sandbox = Sandbox.WithoutGit();

        foreach (var argv in Calls("nowhere"))
        {
            (await sandbox.ApiAsync([.. argv, "--policy", policy])).Fails("POLICY_VALIDATION_FAILED", message);
        }
    }

    [Test]
    [Arguments("{")]
    [Arguments("{\"a\":}")]
    [Arguments("nonsense")]
    [Arguments("{} {}")]
    [Arguments("{\"a\": 'b'}")]
    public async Task What_is_not_json_is_called_so(string policy)
    {
        using var sandbox = Sandbox.WithoutGit();

        foreach (var argv in Calls("nowhere"))
        {
            var call = (await sandbox.ApiAsync([.. argv, "--policy", policy])).Fails("POLICY_VALIDATION_FAILED");
            await Assert.That(call.Message).StartsWith("--policy is not valid JSON: ");
        }
    }

    [Test]
    [MethodDataSource(nameof(Secretive))]
    public async Task A_secret_is_refused_and_never_echoed(string policy, string path)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var before = sandbox.Tree();

        foreach (var argv in Calls(mission.Slug))
        {
            var call = (await sandbox.ApiAsync([.. argv, "--policy", policy])).Fails(
                "POLICY_VALIDATION_FAILED",
                $"--policy field '{path}' appears to contain a secret (matched pattern: {Patterns}). Do not pass secrets via --policy.");
            await Assert.That(call.StdoutText + call.StderrText).DoesNotContain("abc123");
        }

        sandbox.Tree().MustEqual(before, "a refused policy");
    }

    [Test]
    public async Task Names_of_members_may_sound_secret_and_so_may_numbers()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await sandbox.ApiAsync(
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy",
            Policy.With(("api_key", 1), ("password", null), ("token", true), ("secret", Array.Empty<int>())))).Ok();
    }

    [Test]
    public async Task A_policy_is_missed_where_it_is_due_and_before_the_mission_is_looked_for()
    {
        using var sandbox = Sandbox.WithoutGit();

        foreach (var argv in Calls("nowhere"))
        {
            var wanted = argv[0] == "transition" ? "--policy is required when transitioning to 'claimed'" : $"--policy is required for {argv[0]}";
            (await sandbox.ApiAsync(argv)).Fails("POLICY_METADATA_REQUIRED", wanted);
            (await sandbox.ApiAsync([.. argv, "--policy", ""])).Fails("POLICY_METADATA_REQUIRED", wanted);
            (await sandbox.ApiAsync([.. argv, "--policy", Policy.Valid])).Fails("MISSION_NOT_FOUND");
        }
    }

    [Test]
    [Arguments("claimed", true)]
    [Arguments("in_progress", true)]
    [Arguments("for_review", true)]
    [Arguments("in_review", true)]
    [Arguments("approved", true)]
    [Arguments("doing", true)]
    [Arguments(" DOING ", true)]
    [Arguments("genesis", false)]
    [Arguments("planned", false)]
    [Arguments("done", false)]
    [Arguments("blocked", false)]
    [Arguments("canceled", false)]
    public async Task Whether_a_transition_needs_a_policy_hangs_on_its_target(string lane, bool isDue)
    {
        using var sandbox = Sandbox.WithoutGit();
        string[] argv = ["transition", "--mission", "nowhere", "--wp", "WP01", "--actor", "a", "--to", lane];

        (await sandbox.ApiAsync(argv)).Fails(isDue ? "POLICY_METADATA_REQUIRED" : "MISSION_NOT_FOUND");
        (await sandbox.ApiAsync([.. argv, "--policy", "{}"])).Fails("POLICY_VALIDATION_FAILED");
        (await sandbox.ApiAsync([.. argv, "--policy", Policy.Valid])).Fails("MISSION_NOT_FOUND");
    }

    [Test]
    public async Task Exactly_the_eight_fields_are_stored()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var policy = Policy.With(("extra", new { a = 1 }), ("orchestrator_id", "\u00E9 \U0001F431"), ("dangerous_flags", new[] { "--yolo", "" }), ("network_mode", ""));

        (await sandbox.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", policy)).Ok();

        var expected = PythonText.Row(new Dictionary<string, object?>
        {
            ["agent_family"] = "codex",
            ["approval_mode"] = "never",
            ["dangerous_flags"] = new[] { "--yolo", "" },
            ["network_mode"] = "",
            ["orchestrator_id"] = "\u00E9 \U0001F431",
            ["orchestrator_version"] = "1.0.0",
            ["sandbox_mode"] = "workspace_write",
            ["tool_restrictions"] = null,
        });
        foreach (var row in mission.Rows[^2..])
        {
            await Assert.That(PythonText.Encode(row.GetProperty("policy_metadata"))).IsEqualTo(expected);
        }
    }

    [Test]
    public async Task A_transition_without_policy_records_none_and_says_so()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        await Assert.That((await mission.MovePlainAsync("WP01", "blocked")).Ok().GetProperty("policy_metadata_recorded").GetBoolean()).IsFalse();
        await Assert.That(mission.Rows[^1].GetProperty("policy_metadata").ValueKind).IsEqualTo(JsonValueKind.Null);
        await Assert.That((await mission.MoveAsync("WP02", "canceled")).Ok().GetProperty("policy_metadata_recorded").GetBoolean()).IsTrue();
        await Assert.That(mission.Rows[^1].GetProperty("policy_metadata").ValueKind).IsEqualTo(JsonValueKind.Object);
    }

    [Test]
    public async Task A_deeply_nested_policy_gives_an_envelope()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var deep = new string('[', 20_000) + new string(']', 20_000);

        var call = await sandbox.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid.Replace("{\"", $"{{\"x\":{deep},\"", StringComparison.Ordinal));

        await Assert.That(call.Envelope.Success || call.Reason == "POLICY_VALIDATION_FAILED").IsTrue();
    }

    private static string[][] Calls(string mission) =>
    [
        ["start-implementation", "--mission", mission, "--wp", "WP01", "--actor", "a"],
        ["start-review", "--mission", mission, "--wp", "WP01", "--actor", "a"],
        ["transition", "--mission", mission, "--wp", "WP01", "--actor", "a", "--to", "claimed"],
    ];
}
