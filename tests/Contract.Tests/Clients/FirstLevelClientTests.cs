using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>The orchestrator of the time of level 1.0.0, replayed call by call on a plain and on a coordinated mission (HOST §10.6).</summary>
public sealed class FirstLevelClientTests
{
    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_mission_is_driven_from_planned_to_landed(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);

        // At this level the branch and the worktree to work in are the client's to make.
        var agent = new FakeAgent(sandbox, wp => LanesMission.LaneBranch(wp switch { "WP01" => "lane-a", "WP02" => "lane-b", _ => "lane-c" }));

        await new FirstLevelOrchestrator(client, agent, "codex").RunAsync();

        await Assert.That((await client.LanesAsync()).Values.Distinct()).IsEquivalentTo(["done"], CollectionOrdering.Matching);
        await client.OkAsync("accept-mission", "--actor", "orchestrator");
        var merged = await client.OkAsync("merge-mission", "--target", "main", "--strategy", "merge");
        await Assert.That(string.Join(' ', merged.GetProperty("merged_wps").EnumerateArray())).IsEqualTo("WP01 WP02 WP03");
        await Assert.That(string.Concat(new[] { "WP01", "WP02", "WP03" }.Select(wp => sandbox.Read(wp + ".txt")))).IsEqualTo("by an agent\nby an agent\nby an agent\n");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_rejected_work_package_is_reworked(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);
        var agent = new FakeAgent(sandbox).Plan("WP01", FakeAgent.Rejects, FakeAgent.Rejects);

        await new FirstLevelOrchestrator(client, agent, "codex").RunAsync();

        await Assert.That((await client.LanesAsync()).Values.Distinct()).IsEquivalentTo(["done"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(false, "in_progress")]
    [Arguments(true, "rework")]
    public async Task A_failing_agent_blocks_its_work_package_and_what_needs_it(bool isCoordinated, string when)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);
        var agent = new FakeAgent(sandbox).Plan("WP01", when == "rework" ? [FakeAgent.Rejects, FakeAgent.Fails] : [FakeAgent.Fails]);

        await new FirstLevelOrchestrator(client, agent, "codex").RunAsync();

        var lanes = await client.LanesAsync();
        await Assert.That($"{lanes["WP01"]} {lanes["WP02"]} {lanes["WP03"]}").IsEqualTo("blocked planned planned");
        await Assert.That((await client.ReadyAsync()).Length).IsEqualTo(0);
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task What_is_not_complete_by_its_flags_is_forced_on_the_second_try(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);
        await client.OkAsync("start-implementation", OrchestratorClient.Claim("WP01", "codex"));

        await client.FailsAsync(
            "TRANSITION_REJECTED", "transition", OrchestratorClient.Move("WP01", "for_review", "codex", "--no-subtasks-complete", "--no-implementation-evidence-present"));
        await client.MoveAsync("WP01", "for_review", "codex", "--force", "--note", "retry");

        await Assert.That(await client.LaneAsync("WP01")).IsEqualTo("for_review");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_claim_is_retried_and_one_of_somebody_else_is_skipped(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);
        await client.OkAsync("start-implementation", OrchestratorClient.Claim("WP01", "codex"));

        var again = await client.OkAsync("start-implementation", OrchestratorClient.Claim("WP01", "codex"));
        await Assert.That(again.GetProperty("no_op").GetBoolean()).IsTrue();
        await client.FailsAsync("WP_ALREADY_CLAIMED", "start-implementation", OrchestratorClient.Claim("WP01", "other"));
        await Assert.That(await client.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    /// <summary>Three work packages in a lane each; the second needs the first, the third both.</summary>
    private static async Task<OrchestratorClient> ClientAsync(Sandbox sandbox, bool isCoordinated)
    {
        var branch = isCoordinated ? CoordinatedMission.Branch : LanesMission.Branch;
        var lanes = CoordinatedMission.Lanes(branch, ("lane-a", ["WP01"], []), ("lane-b", ["WP02"], ["lane-a"]), ("lane-c", ["WP03"], ["lane-a", "lane-b"]));
        if (isCoordinated)
        {
            await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false, lanes: lanes);
        }
        else
        {
            var mission = sandbox.Mission(CoordinatedMission.Slug).InDirectory(CoordinatedMission.DirectoryName).Write();
            mission.Write("lanes.json", lanes);
            await sandbox.CommitAsync("mission demo");
        }

        return new OrchestratorClient(sandbox, CoordinatedMission.DirectoryName, "1.0.0");
    }
}
