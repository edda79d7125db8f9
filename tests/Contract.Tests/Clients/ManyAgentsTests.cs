using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>Many agents at once, each with its own work package, driven by two orchestrators on one repository.</summary>
[NotInParallel]
public sealed class ManyAgentsTests
{
    [Test]
    [Arguments(4, true)]
    [Arguments(16, true)]
    [Arguments(64, false)]
    public async Task Every_agent_finishes_its_work_package_once(int count, bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var wps = Enumerable.Range(1, count).Select(i => $"WP{i:D2}").ToArray();
        CoordinatedMission? coordinated = null;
        string name;
        if (isCoordinated)
        {
            coordinated = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false, builder => Describe(builder, wps));
            name = CoordinatedMission.DirectoryName;
        }
        else
        {
            var builder = sandbox.Mission();
            Describe(builder, wps);
            name = (await builder.CommitAsync()).DirectoryName;
        }

        OrchestratorClient[] clients = [new(sandbox, name, "1.0.0"), new(sandbox, name, "1.0.0")];
        var won = await Task.WhenAll(wps.SelectMany(wp => clients.Select((client, i) => DriveAsync(client, wp, $"agent-{i}-{wp}"))));

        await Assert.That(won.Count(has => has)).IsEqualTo(count);
        var state = await clients[0].OkAsync("mission-state");
        await Assert.That(state.GetProperty("summary").GetProperty("done").GetInt32()).IsEqualTo(count);
        if (coordinated is not null)
        {
            await coordinated.IsCommittedAsync();
            await Assert.That(coordinated.Rows.Length).IsEqualTo(count * 6);
        }
    }

    private static void Describe(MissionBuilder builder, IEnumerable<string> wps)
    {
        foreach (var wp in wps)
        {
            builder.Wp(wp);
        }
    }

    /// <summary>Whether this agent was the one to get the work package; it then brings it to done.</summary>
    private static async Task<bool> DriveAsync(OrchestratorClient client, string wp, string actor)
    {
        var claim = await client.CallAsync("start-implementation", OrchestratorClient.Claim(wp, actor));
        if (!claim.Envelope.Success)
        {
            // The other one may be as far as done by now.
            Harness.Contract.Holds(claim.Reason is "WP_ALREADY_CLAIMED" or "TRANSITION_REJECTED", $"{claim}: {claim.Reason} {claim.Message}");
            return false;
        }

        await client.MoveAsync(wp, "for_review", actor, "--subtasks-complete", "--implementation-evidence-present");
        await client.OkAsync("start-review", OrchestratorClient.Claim(wp, "reviewer-of-" + actor));
        await client.MoveAsync(wp, "done", actor, "--force", "--note", "fine");
        return true;
    }
}
