using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Extensions;

/// <summary>claim-next: what list-ready would name first, claimed in one step.</summary>
public sealed class ClaimNextTests
{
    [Test]
    public async Task It_claims_what_list_ready_names_first_as_start_implementation_would()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Wp("WP02").Wp("WP03", "WP01").Write();
        mission.Put("WP01", "blocked");

        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP02");
        var data = (await ClaimAsync(sandbox, mission, "codex")).Ok();
        var resumed = (await mission.StartAsync("WP02")).Ok();

        await Assert.That((data.GetProperty("claimed").GetBoolean(), data.GetProperty("wp_id").GetString())).IsEqualTo((true, "WP02"));
        await Assert.That(data.GetProperty("workspace_path").GetString()).IsEqualTo(resumed.GetProperty("workspace_path").GetString());
        await Assert.That(data.GetProperty("prompt_path").GetString()).IsEqualTo(resumed.GetProperty("prompt_path").GetString());
        await Assert.That(resumed.GetProperty("no_op").GetBoolean()).IsTrue();
        await Assert.That(mission.Rows[^1].GetProperty("to_lane").GetString()).IsEqualTo("in_progress");
    }

    [Test]
    public async Task Nothing_ready_is_an_answer_and_changes_nothing()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Wp("WP02", "WP01").Write();
        (await ClaimAsync(sandbox, mission, "codex")).Ok();
        string log = mission.Log;

        var data = (await ClaimAsync(sandbox, mission, "other")).Ok();

        await Assert.That(data.GetProperty("claimed").GetBoolean()).IsFalse();
        await Assert.That(data.GetProperty("wp_id").ValueKind).IsEqualTo(JsonValueKind.Null);
        await Assert.That(mission.Log).IsEqualTo(log);
    }

    [Test]
    public async Task It_needs_a_policy_and_a_mission()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();

        (await sandbox.ApiAsync("claim-next", "--mission", mission.Slug, "--actor", "codex")).Fails("POLICY_METADATA_REQUIRED", "--policy is required for claim-next");
        (await sandbox.ApiAsync("claim-next", "--mission", "nowhere", "--actor", "codex", "--policy", Policy.Valid)).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync("claim-next", "--mission", mission.Slug, "--actor", " ", "--policy", Policy.Valid)).Fails("TRANSITION_REJECTED");
        (await sandbox.ApiAsync("claim-next", "--mission", mission.Slug)).IsUsageError();
        await Assert.That(mission.Rows.Length).IsEqualTo(1);
    }

    [Test]
    public async Task From_the_next_level_on_it_makes_the_lanes_worktree()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();
        mission.WriteLanes(("lane-a", ["WP01"]));
        await sandbox.CommitAsync("mission");

        var data = (await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", "1.1.0")], "claim-next", "--mission", mission.Slug, "--actor", "codex", "--policy", Policy.Valid)).Ok();

        await Assert.That(data.GetProperty("lane_id").GetString()).IsEqualTo("lane-a");
        await Assert.That(System.IO.Directory.Exists(data.GetProperty("workspace_path").GetString())).IsTrue();
    }

    [Test]
    [NotInParallel]
    public async Task Of_twelve_agents_and_eight_work_packages_eight_get_one_each()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var builder = sandbox.Mission();
        foreach (int i in Enumerable.Range(1, 8))
        {
            builder = builder.Wp($"WP0{i}");
        }

        var mission = builder.Write();
        var calls = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => sandbox.ApiWithAsync(
            [("SPEC_KITTY_LOCK_TIMEOUT_MS", "60000"), ("SPEC_KITTY_DEADLINE_MS", "80000")],
            "claim-next", "--mission", mission.Slug, "--actor", $"agent-{i}", "--policy", Policy.Valid)));

        var got = calls.Select(call => call.Ok()).Where(data => data.GetProperty("claimed").GetBoolean()).Select(data => data.GetProperty("wp_id").GetString()!).ToList();
        await Assert.That(got.Order()).IsEquivalentTo(Enumerable.Range(1, 8).Select(i => $"WP0{i}"), CollectionOrdering.Matching);
        await Assert.That(new HashSet<string>(got).Count).IsEqualTo(8);
    }

    private static Task<Call> ClaimAsync(Sandbox sandbox, Mission mission, string actor) =>
        sandbox.ApiAsync("claim-next", "--mission", mission.Slug, "--actor", actor, "--policy", Policy.Valid);
}
