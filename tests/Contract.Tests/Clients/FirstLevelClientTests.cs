using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>The orchestrator of the time of level 1.0.0, replayed call by call on a plain and on a coordinated mission (HOST §10.6).</summary>
public sealed class FirstLevelClientTests
{
    private static readonly string[] Evidence = ["--subtasks-complete", "--implementation-evidence-present"];

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Three_work_packages_are_driven_from_planned_to_accepted(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);
        await client.OkAsync("contract-version");

        foreach (var wp in new[] { "WP01", "WP02", "WP03" })
        {
            await Assert.That(string.Join(' ', await client.ReadyAsync())).IsEqualTo(wp);
            await ImplementAsync(client, wp);
            await client.MoveAsync(wp, "for_review", "codex", Evidence);
            await client.NoteAsync(wp, "implemented");
            await client.FailsAsync("TRANSITION_REJECTED", "transition", OrchestratorClient.Move(wp, "done", "reviewer", "--review-ref", "review/1", "--note", "fine"));
            var review = await client.OkAsync("start-review", [.. OrchestratorClient.Claim(wp, "reviewer"), "--review-ref", "review/1"]);
            await Assert.That(review.GetProperty("to_lane").GetString()).IsEqualTo("in_review");
            await client.MoveAsync(wp, "done", "reviewer", "--force", "--review-ref", "review/1", "--note", "fine");
            await client.NoteAsync(wp, "reviewed");
            await Assert.That(await client.LaneAsync(wp)).IsEqualTo("done");
        }

        await Assert.That((await client.ReadyAsync()).Length).IsEqualTo(0);
        await client.OkAsync("accept-mission", "--actor", "orchestrator");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_rejected_work_package_is_reworked(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);
        await ImplementAsync(client, "WP01");
        await client.MoveAsync("WP01", "for_review", "codex", Evidence);
        await client.OkAsync("start-review", [.. OrchestratorClient.Claim("WP01", "reviewer"), "--review-ref", "review/1"]);

        await client.MoveAsync("WP01", "in_progress", "codex", "--force", "--note", "changes requested", "--review-ref", "feedback/1");
        await client.NoteAsync("WP01", "rework");
        await client.MoveAsync("WP01", "for_review", "codex", Evidence);
        await client.OkAsync("start-review", [.. OrchestratorClient.Claim("WP01", "reviewer"), "--review-ref", "review/2"]);
        await client.MoveAsync("WP01", "done", "reviewer", "--force", "--review-ref", "review/2", "--note", "fine");

        await Assert.That(string.Join(' ', await client.ReadyAsync())).IsEqualTo("WP02");
    }

    [Test]
    public async Task A_failing_agent_blocks_its_work_package()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated: true);
        await ImplementAsync(client, "WP01");

        await client.MoveAsync("WP01", "blocked", "codex", "--note", "agent failed with status 1");
        await client.NoteAsync("WP01", "failed");

        await Assert.That(await client.LaneAsync("WP01")).IsEqualTo("blocked");
        await Assert.That((await client.ReadyAsync()).Length).IsEqualTo(0);
    }

    [Test]
    public async Task What_is_not_complete_by_its_flags_is_forced_on_the_second_try()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated: true);
        await ImplementAsync(client, "WP01");

        await client.FailsAsync(
            "TRANSITION_REJECTED", "transition", OrchestratorClient.Move("WP01", "for_review", "codex", "--no-subtasks-complete", "--no-implementation-evidence-present"));
        await client.MoveAsync("WP01", "for_review", "codex", "--force", "--note", "retry");

        await Assert.That(await client.LaneAsync("WP01")).IsEqualTo("for_review");
    }

    [Test]
    public async Task A_claim_is_retried_and_one_of_somebody_else_is_skipped()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated: true);
        await ImplementAsync(client, "WP01");

        var again = await client.OkAsync("start-implementation", OrchestratorClient.Claim("WP01", "codex"));
        await Assert.That(again.GetProperty("no_op").GetBoolean()).IsTrue();
        await client.FailsAsync("WP_ALREADY_CLAIMED", "start-implementation", OrchestratorClient.Claim("WP01", "other"));
    }

    private static async Task<OrchestratorClient> ClientAsync(Sandbox sandbox, bool isCoordinated)
    {
        var name = isCoordinated ? (await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false)).Mission.DirectoryName : (await sandbox.Mission().CommitAsync()).DirectoryName;
        return new OrchestratorClient(sandbox, name, "1.0.0");
    }

    /// <summary>Claims it and makes the directory to work in, which at this level is the client's to do.</summary>
    private static async Task ImplementAsync(OrchestratorClient client, string wp)
    {
        var data = await client.OkAsync("start-implementation", OrchestratorClient.Claim(wp, "codex"));
        await Assert.That(data.GetProperty("no_op").GetBoolean()).IsFalse();
        Directory.CreateDirectory(data.GetProperty("workspace_path").GetString()!);
        await client.NoteAsync(wp, "claimed");
    }
}
