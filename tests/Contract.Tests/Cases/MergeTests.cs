using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>A mission's whole way through the contract alone, from its first claim to its code on the target branch (HOST §6.9, DESIGN §9).</summary>
public sealed class MergeTests
{
    [Test]
    [Arguments("merge")]
    [Arguments("squash")]
    [Arguments("rebase")]
    public async Task Every_lane_lands_and_the_mission_is_done(string strategy)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two, isApproved: false);
        await scene.Mission.ApproveAsync("WP01");
        await scene.Mission.ApproveAsync("WP02");
        (await sandbox.ApiAsync("accept-mission", "--mission", MergeScene.Slug, "--actor", "boss")).Ok();

        var data = (await scene.MergeAsync("--strategy", strategy)).Ok();

        await Assert.That(data.GetProperty("merged_wps").EnumerateArray().Select(wp => wp.GetString()!)).IsEquivalentTo(["WP01", "WP02"], CollectionOrdering.Matching);
        await Assert.That((data.GetProperty("merged").GetBoolean(), data.GetProperty("target_branch").GetString(), data.GetProperty("strategy").GetString()))
            .IsEqualTo((true, "main", strategy));
        await Assert.That((sandbox.Read("a.txt"), sandbox.Read("b.txt"))).IsEqualTo(("a\n", "b\n"));
        await Assert.That((await scene.Mission.LanesAsync()).Values.Distinct()).IsEquivalentTo(["done"], CollectionOrdering.Matching);
        await scene.IsLandedAsync();

        var done = scene.Mission.Rows.Last(row => row.GetProperty("to_lane").GetString() == "done");
        await Assert.That((done.GetProperty("actor").GetString(), done.GetProperty("from_lane").GetString(), done.GetProperty("reason").GetString(), done.GetProperty("force").GetBoolean()))
            .IsEqualTo(("merge", "approved", "Merged WP02 into main", false));
        await Assert.That(done.GetProperty("policy_metadata").GetRawText()).IsEqualTo("""{"merge_phase": "lane_integrated", "target_branch": "main"}""");
        await Assert.That(done.GetProperty("evidence").GetRawText())
            .IsEqualTo("""{"review": {"reference": "lane-approved:WP02", "reviewer": "unknown", "verdict": "approved"}}""");

        string head = await sandbox.GitAsync("rev-parse", "main");
        await Assert.That((await scene.MergeAsync("--strategy", strategy)).Ok().GetProperty("no_op").GetBoolean()).IsTrue();
        await Assert.That(await sandbox.GitAsync("rev-parse", "main")).IsEqualTo(head);
    }
}
