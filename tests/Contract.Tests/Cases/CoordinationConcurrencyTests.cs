using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Several processes on one mission with a coordination branch: each change is a commit, and none is lost (DESIGN I3, I5).</summary>
[NotInParallel]
public sealed class CoordinationConcurrencyTests
{
    private static readonly (string Name, string Value)[] Patient = [("SPEC_KITTY_LOCK_TIMEOUT_MS", "60000"), ("SPEC_KITTY_DEADLINE_MS", "80000")];

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task Of_eight_claimants_one_wins(bool isMaterialized)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized);
        var tip = await mission.TipAsync();

        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => StartAsync(sandbox, "WP01", $"agent-{i}")));

        var winner = calls.Single(call => call.Envelope.Success);
        foreach (var call in calls.Where(call => call != winner))
        {
            await Assert.That(call.Fails("WP_ALREADY_CLAIMED").Text("claimed_by")).IsEqualTo(winner.Argv[^3]);
        }

        await Assert.That((await mission.SubjectsSinceAsync(tip)).Length).IsEqualTo(1);
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task Twelve_work_packages_started_at_once_are_all_started()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var wps = Enumerable.Range(1, 12).Select(i => $"WP{i:D2}").ToArray();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false, builder =>
        {
            foreach (var wp in wps)
            {
                builder.Wp(wp);
            }
        });
        var tip = await mission.TipAsync();

        foreach (var call in await Task.WhenAll(wps.Select(wp => StartAsync(sandbox, wp, $"agent-of-{wp}"))))
        {
            await Assert.That(call.Ok().GetProperty("no_op").GetBoolean()).IsFalse();
        }

        await Assert.That((await mission.Mission.LanesAsync()).Values.Distinct().Single()).IsEqualTo("in_progress");
        await Assert.That(mission.Rows.Length).IsEqualTo(36);
        await Assert.That((await mission.SubjectsSinceAsync(tip)).Length).IsEqualTo(12);
        await mission.IsCommittedAsync();
    }

    private static Task<Call> StartAsync(Sandbox sandbox, string wp, string actor) => sandbox.ApiWithAsync(
        Patient, "start-implementation", "--mission", CoordinatedMission.DirectoryName, "--wp", wp, "--actor", actor, "--policy", Policy.Valid);
}
