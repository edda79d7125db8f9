using System;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What went wrong once, by what went wrong.</summary>
public sealed class RegressionTests
{
    [Test]
    public async Task A_word_that_is_no_command_was_answered_with_a_request_for_a_command()
    {
        using var sandbox = Sandbox.Empty();

        await Assert.That((await sandbox.ApiAsync("mission-stat")).IsUsageError().Message).Contains("'mission-stat'");
    }

    [Test]
    public async Task A_lane_branch_was_left_when_its_worktree_could_not_be_made()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        sandbox.Write($".worktrees/{mission.Slug}-lane-a", "in the way\n");
        var before = sandbox.Tree();

        var call = await sandbox.ApiWithAsync(
            [("SPEC_KITTY_CONTRACT", "1.1.0")],
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        call.Fails("LANE_ALLOCATION_FAILED");
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(await sandbox.GitAsync("for-each-ref", "--format=%(refname)")).IsEqualTo("refs/heads/main\n");
        await Assert.That(mission.Log).IsEqualTo(before.Entries[$"project/kitty-specs/{mission.Slug}/status.events.jsonl"]);
    }

    [Test]
    public async Task Help_was_wrapped_to_the_width_of_a_terminal_and_switched_its_keys()
    {
        using var sandbox = Sandbox.Empty();
        var plain = (await sandbox.ApiAsync("--help")).StdoutText;

        string[] argv = ["-qec", $"stty cols 40; exec '{await PublishedExecutable.PathAsync()}' orchestrator-api --help", "/dev/null"];
        var shown = await Spawn.RunAsync("script", argv, sandbox.Top, sandbox.Environment);

        await Assert.That(shown.StdoutText.Replace("\r\n", "\n", StringComparison.Ordinal)).IsEqualTo(plain);
    }
}
