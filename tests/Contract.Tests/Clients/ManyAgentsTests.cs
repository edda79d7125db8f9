using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>Many agents at once, each a process with its own work package, driven by several orchestrators on one repository.</summary>
[NotInParallel]
public sealed class ManyAgentsTests
{
    [Test]
    [Arguments(4, "1.0.0", true, 2)]
    [Arguments(4, "1.3.0", false, 3)]
    [Arguments(16, "1.0.0", true, 3)]
    [Arguments(16, "1.3.0", true, 2)]
    [Arguments(64, "1.0.0", false, 2)]
    public async Task Every_work_package_is_finished_by_one_agent(int count, string level, bool isCoordinated, int orchestrators)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var wps = Enumerable.Range(1, count).Select(i => $"WP{i:D2}").ToArray();
        var coordinated = isCoordinated ? await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false, builder => Describe(builder, wps), Lanes(wps, CoordinatedMission.Branch)) : null;
        var mission = coordinated?.Mission ?? Describe(sandbox.Mission(CoordinatedMission.Slug).InDirectory(CoordinatedMission.DirectoryName), wps).Write();
        mission.Write("lanes.json", Lanes(wps, isCoordinated ? CoordinatedMission.Branch : LanesMission.Branch));
        foreach (var wp in wps)
        {
            mission.Write($"tasks/{wp}-do-the-thing.md", $"---\nwork_package_id: {wp}\ndependencies: []\nsubtasks: []\n---\n\n# {wp}\n");
        }

        await sandbox.CommitAsync("mission demo");
        var rowsBefore = mission.Rows.Length;
        var client = new OrchestratorClient(sandbox, CoordinatedMission.DirectoryName, level);
        Orchestrator[] running = [.. Enumerable.Range(0, orchestrators).Select(i => Create(level, client, new FakeAgent(sandbox), $"orchestrator-{i}"))];

        await Task.WhenAll(running.Select(orchestrator => orchestrator.RunAsync()));

        await Assert.That((await client.LanesAsync()).Values.Distinct()).IsEquivalentTo([level == "1.0.0" ? "done" : "approved"], CollectionOrdering.Matching);
        var rows = (coordinated?.Rows ?? mission.Rows).Skip(rowsBefore).Where(row => !row.TryGetProperty("kind", out _)).ToArray();
        var claims = rows.Where(row => row.GetProperty("to_lane").GetString() == "claimed").Select(row => row.GetProperty("wp_id").GetString()!).ToArray();
        await Assert.That(claims.Order(StringComparer.Ordinal)).IsEquivalentTo(wps, CollectionOrdering.Matching);
        await Assert.That(rows.Length).IsEqualTo(count * 5);
        if (coordinated is not null)
        {
            await coordinated.IsCommittedAsync();
        }

        if (level == "1.3.0")
        {
            var merged = await client.OkAsync("merge-mission");
            await Assert.That(merged.GetProperty("merged_wps").GetArrayLength()).IsEqualTo(count);
            await Assert.That(wps.All(wp => sandbox.Read(wp + ".txt") == "by an agent\n")).IsTrue();
        }
    }

    private static Orchestrator Create(string level, OrchestratorClient client, FakeAgent agent, string name) =>
        level == "1.0.0" ? new FirstLevelOrchestrator(client, agent, name) : new LatestLevelOrchestrator(client, agent, name);

    private static MissionBuilder Describe(MissionBuilder builder, IEnumerable<string> wps) => wps.Aggregate(builder, static (described, wp) => described.Wp(wp));

    private static string Lanes(string[] wps, string branch) =>
        CoordinatedMission.Lanes(branch, [.. wps.Select((wp, i) => ($"lane-{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}", (string[])[wp], Array.Empty<string>()))]);
}
