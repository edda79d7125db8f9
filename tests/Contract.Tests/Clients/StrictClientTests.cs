using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>What a client that takes nothing for granted gets, at every level, in good days and bad.</summary>
public sealed class StrictClientTests
{
    [Test]
    [Arguments("1.0.0")]
    [Arguments("1.1.0")]
    [Arguments("1.2.0")]
    [Arguments("1.3.0")]
    public async Task Every_answer_of_a_mission_is_accepted(string level)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await CoordinatedMission.CreateAsync(
            sandbox,
            isMaterialized: false,
            builder => builder.Wp("WP01").Wp("WP02").Wp("WP03").Wp("WP04"),
            CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan));
        var client = new StrictClient(sandbox, level);
        string[] at = ["--mission", CoordinatedMission.DirectoryName], wp = [.. at, "--wp", "WP01"], claim = [.. wp, "--actor", "codex", "--policy", Policy.Valid];

        await Assert.That((await client.CallAsync("contract-version")).GetProperty("data").GetProperty("api_version").GetString()).IsEqualTo(level);
        string[][] calls =
        [
            ["mission-state", .. at], ["list-ready", .. at], ["start-implementation", .. claim], ["start-implementation", .. claim],
            ["append-history", .. wp, "--actor", "codex", "--note", "a \" b \\ c \u2028 \U0001F408"], ["resolve-workspace", .. wp],
            ["transition", .. claim, "--to", "for_review", "--force", "--note", "nothing to commit"], ["start-review", .. claim],
            ["transition", .. claim, "--to", "approved", "--evidence-json", Mission.Evidence], ["accept-mission", .. at, "--actor", "lead"],
            ["merge-mission", .. at], ["mission-state", .. at],
        ];
        foreach (var argv in calls)
        {
            await client.CallAsync(argv);
        }
    }

    [Test]
    [Arguments("1.0.0")]
    [Arguments("1.3.0")]
    public async Task Every_refusal_is_accepted(string level)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.Put("WP01", "in_progress", actor: "other");
        var client = new StrictClient(sandbox, level);
        string[] wp = ["--mission", mission.DirectoryName, "--wp", "WP01"], claim = [.. wp, "--actor", "codex", "--policy", Policy.Valid];

        string[][] refused =
        [
            [], ["no-such-command"], ["mission-state"], ["mission-state", "--mission", "nowhere"], ["mission-state", "--mission", "../x"],
            ["start-implementation", .. wp, "--actor", "codex"], ["start-implementation", .. wp, "--actor", "codex", "--policy", "{"], ["start-implementation", .. claim],
            ["start-review", .. claim], ["transition", .. claim, "--to", "done"], ["transition", .. claim, "--to", "nowhere"], ["append-history", .. wp, "--actor", "codex"],
            ["accept-mission", "--mission", mission.DirectoryName, "--actor", "lead"], ["merge-mission", "--mission", mission.DirectoryName, "--strategy", "octopus"],
            ["merge-mission", "--mission", mission.DirectoryName], ["contract-version", "--provider-version", "0"],
        ];
        foreach (var argv in refused)
        {
            await Assert.That((await client.CallAsync(argv)).GetProperty("success").GetBoolean()).IsFalse();
        }
    }

    [Test]
    public async Task An_answer_that_would_be_too_large_is_a_small_one()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        foreach (var i in Enumerable.Range(0, 12))
        {
            mission.Append(mission.Event($"WP{i + 10}", "planned", "claimed", Mission.SeedTime(60 + i), ("actor", new string('\u00E9', 20_000))));
        }

        var envelope = await new StrictClient(sandbox, "1.0.0").CallAsync("mission-state", "--mission", mission.DirectoryName);

        await Assert.That(envelope.GetProperty("data").GetProperty("reason_code").GetString()).IsEqualTo("OUTPUT_TOO_LARGE");
    }

    [Test]
    public async Task A_lock_that_nobody_gives_back_is_answered_in_time()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        using var held = new HeldLock(mission.LockPath);

        var envelope = await new StrictClient(sandbox, "1.0.0").CallAsync(
            "start-implementation", "--mission", mission.DirectoryName, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await Assert.That(envelope.GetProperty("data").GetProperty("reason_code").GetString()).IsEqualTo("LOCK_TIMEOUT");
    }

    [Test]
    public async Task A_hook_that_never_ends_is_answered_in_time_and_leaves_nothing()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        mission.Hook("pre-commit", "exec sleep 300\n");
        var before = mission.Rows.Length;

        var envelope = await new StrictClient(sandbox, "1.0.0").CallAsync(
            "start-implementation", "--mission", CoordinatedMission.DirectoryName, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await Assert.That(envelope.GetProperty("data").GetProperty("reason_code").GetString()).IsEqualTo("DEADLINE_EXCEEDED");
        await Assert.That(envelope.GetProperty("data").GetProperty("effect").GetString()).IsEqualTo("none");
        await Assert.That(mission.Rows.Length).IsEqualTo(before);
    }
}
