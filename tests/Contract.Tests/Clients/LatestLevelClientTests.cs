using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>The orchestrator of level 1.3.0, replayed call by call on a mission with lanes, with and without a coordination branch (HOST §10.6).</summary>
public sealed class LatestLevelClientTests
{
    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_mission_is_driven_through_its_lanes_from_planned_to_landed(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);

        await new LatestLevelOrchestrator(client, new FakeAgent(sandbox), "codex").RunAsync();

        await Assert.That((await client.LanesAsync()).Values.Distinct()).IsEquivalentTo(["approved"], CollectionOrdering.Matching);
        await client.OkAsync("accept-mission", "--actor", "orchestrator");
        var merged = await client.OkAsync("merge-mission", "--target", "main", "--strategy", "merge");
        await Assert.That(string.Join(' ', merged.GetProperty("merged_wps").EnumerateArray())).IsEqualTo("WP01 WP02 WP03 WP04");
        await Assert.That(merged.GetProperty("worktree_removed").GetBoolean()).IsTrue();
        await Assert.That(string.Concat(new[] { "WP01", "WP02", "WP03", "WP04" }.Select(wp => sandbox.Read(wp + ".txt").Length + " "))).IsEqualTo("12 12 12 12 ");
        await Assert.That((await client.LanesAsync()).Values.Distinct()).IsEquivalentTo(["done"], CollectionOrdering.Matching);
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_rejected_work_package_is_reworked_in_its_lane(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);
        var agent = new FakeAgent(sandbox).Plan("WP01", FakeAgent.Rejects, FakeAgent.Rejects);

        await new LatestLevelOrchestrator(client, agent, "codex").RunAsync();

        await Assert.That((await client.LanesAsync()).Values.Distinct()).IsEquivalentTo(["approved"], CollectionOrdering.Matching);
        await Assert.That(File.ReadAllLines(Path.Combine(LanesMission.Worktree(sandbox, "lane-a"), "WP01.txt")).Length).IsEqualTo(3);
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_failing_agent_blocks_its_work_package_and_what_needs_it(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var client = await ClientAsync(sandbox, isCoordinated);
        var agent = new FakeAgent(sandbox).Plan("WP02", FakeAgent.Fails);

        await new LatestLevelOrchestrator(client, agent, "codex").RunAsync();

        var lanes = await client.LanesAsync();
        await Assert.That($"{lanes["WP01"]} {lanes["WP02"]} {lanes["WP03"]} {lanes["WP04"]}").IsEqualTo("approved blocked planned approved");
    }

    [Test]
    [Arguments("for_review", false)]
    [Arguments("for_review", true)]
    [Arguments("in_review", false)]
    [Arguments("in_review", true)]
    public async Task A_parked_work_package_is_resumed_by_a_new_client(string lane, bool isRejected)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var first = await ClientAsync(sandbox, isCoordinated: true);
        var place = (await first.OkAsync("start-implementation", OrchestratorClient.Claim("WP01", "codex"))).GetProperty("workspace_path").GetString()!;
        await new FakeAgent(sandbox).ImplementAsync("WP01", place);
        await first.MoveAsync("WP01", "for_review", "codex");
        if (lane == "in_review")
        {
            await first.OkAsync("start-review", [.. OrchestratorClient.Claim("WP01", "reviewer-of-codex"), "--review-ref", "review/WP01/1"]);
        }

        // The next run names the mission differently, and is told the same place.
        var second = new OrchestratorClient(sandbox, CoordinatedMission.Slug, "1.3.0");
        await Assert.That((await second.OkAsync("resolve-workspace", "--wp", "WP01")).GetProperty("workspace_path").GetString()).IsEqualTo(place);
        var agent = isRejected ? new FakeAgent(sandbox).Plan("WP01", FakeAgent.Rejects) : new FakeAgent(sandbox);
        await new LatestLevelOrchestrator(second, agent, "codex").ResumeAsync();

        await Assert.That(await second.LaneAsync("WP01")).IsEqualTo("approved");
    }

    private static async Task<OrchestratorClient> ClientAsync(Sandbox sandbox, bool isCoordinated)
    {
        // A lane each: two agents in one worktree would be in one another's way.
        var lanes = CoordinatedMission.Lanes(
            isCoordinated ? CoordinatedMission.Branch : LanesMission.Branch,
            ("lane-a", ["WP01"], []), ("lane-b", ["WP02"], []), ("lane-c", ["WP03"], ["lane-a", "lane-b"]), ("lane-d", ["WP04"], []));
        var mission = isCoordinated
            ? (await CoordinatedMission.CreateAsync(
                sandbox, isMaterialized: false, builder => builder.Wp("WP01").Wp("WP02").Wp("WP03", "WP01", "WP02").Wp("WP04"), lanes)).Mission
            : await LanesMission.CreateAsync(sandbox);
        mission.Write("lanes.json", lanes);

        // The subtasks of all of them: none, so that each roster is complete without a row for each.
        foreach (var wp in new[] { "WP01", "WP02", "WP03", "WP04" })
        {
            var path = $"tasks/{wp}-do-the-thing.md";
            mission.Write(path, mission.Read(path).Replace("subtasks:\n- T001\n", "subtasks: []\n", System.StringComparison.Ordinal));
        }

        await sandbox.CommitAsync("no subtasks");
        return new OrchestratorClient(sandbox, CoordinatedMission.DirectoryName, "1.3.0");
    }
}
