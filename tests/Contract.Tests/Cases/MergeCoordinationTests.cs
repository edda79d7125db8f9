using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Merging a mission whose rows are on a coordination branch: they land, and branch and worktree go with the merge (DESIGN §11).</summary>
public sealed class MergeCoordinationTests
{
    private const string Directory = CoordinatedMission.DirectoryName;

    [Test]
    [Arguments("merge", CoordinatedMission.Branch)]
    [Arguments("squash", CoordinatedMission.Branch)]
    [Arguments("rebase", CoordinatedMission.Branch)]
    [Arguments("merge", "kitty/mission-integration")]
    [Arguments("squash", "kitty/mission-integration")]
    public async Task Rows_land_and_the_clean_worktree_goes(string strategy, string missionBranch)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await ApprovedAsync(sandbox, missionBranch);

        var data = (await MergeAsync(sandbox, "--strategy", strategy)).Ok();

        await Assert.That(data.GetProperty("worktree_removed").GetBoolean()).IsTrue();
        await Assert.That(await sandbox.GitAsync("for-each-ref", "--format=%(refname)")).IsEqualTo("refs/heads/main\n");
        await Assert.That(System.IO.Directory.Exists(coordinated.Worktree)).IsFalse();
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEmpty();
        await Assert.That(await sandbox.GitAsync("show", "main:" + CoordinatedMission.StatusFiles[0])).Contains("\"to_lane\": \"done\"").And.Contains("\"to_lane\": \"approved\"");
        await Assert.That((await coordinated.Mission.LanesAsync()).Values.Distinct()).IsEquivalentTo(["done"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_second_merge_was_refused_because_the_first_had_taken_the_coordination_branch_away()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await ApprovedAsync(sandbox, CoordinatedMission.Branch);
        (await MergeAsync(sandbox)).Ok();

        await Assert.That((await MergeAsync(sandbox)).Ok().GetProperty("no_op").GetBoolean()).IsTrue();

        await sandbox.GitAsync("init", "-q", "--bare", Path.Combine(sandbox.Top, "remote.git"));
        await sandbox.GitAsync("remote", "add", "origin", Path.Combine(sandbox.Top, "remote.git"));
        await Assert.That((await MergeAsync(sandbox, "--push")).Ok().GetProperty("pushed").GetBoolean()).IsTrue();
    }

    [Test]
    public async Task A_coordination_branch_that_is_lost_is_no_merge()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await ApprovedAsync(sandbox, "kitty/mission-integration");
        await coordinated.DematerializeAsync();
        await sandbox.GitAsync("branch", "-q", "-D", CoordinatedMission.Branch);
        var before = sandbox.Tree();

        (await MergeAsync(sandbox)).Fails("STATUS_READ_PATH_NOT_FOUND");

        sandbox.Tree().MustEqualButForLocks(before, "the refusal");
    }

    [Test]
    public async Task Without_the_worktree_the_rows_of_the_branch_land()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await ApprovedAsync(sandbox, CoordinatedMission.Branch);
        await coordinated.DematerializeAsync();

        (await MergeAsync(sandbox)).Ok();

        await Assert.That((await coordinated.Mission.LanesAsync()).Values.Distinct()).IsEquivalentTo(["done"], CollectionOrdering.Matching);
        await Assert.That(await sandbox.GitAsync("for-each-ref", "--format=%(refname)")).IsEqualTo("refs/heads/main\n");
    }

    [Test]
    public async Task A_main_checkout_on_a_branch_of_its_own_stays_as_it_is()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await ApprovedAsync(sandbox, CoordinatedMission.Branch);
        File.WriteAllText(Path.Combine(coordinated.Worktree, "mine.txt"), "mine\n");
        await sandbox.GitAsync("checkout", "-q", "-b", "feature");

        (await MergeAsync(sandbox)).Ok();

        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
        await Assert.That(await sandbox.GitAsync("show", "main:" + CoordinatedMission.StatusFiles[0])).Contains("\"to_lane\": \"done\"");
    }

    [Test]
    [Arguments(CoordinatedMission.Branch)]
    [Arguments("kitty/mission-integration")]
    public async Task A_worktree_with_files_of_somebodys_stays_and_knows_what_is_done(string missionBranch)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await ApprovedAsync(sandbox, missionBranch);
        string mine = Path.Combine(coordinated.Worktree, "mine.txt");
        File.WriteAllText(mine, "mine\n");

        var data = (await MergeAsync(sandbox)).Ok();

        await Assert.That(data.GetProperty("kept_worktrees").EnumerateArray().Select(path => path.GetString()!)).IsEquivalentTo([coordinated.Worktree], CollectionOrdering.Matching);
        await Assert.That(File.ReadAllText(mine)).IsEqualTo("mine\n");
        await Assert.That(await sandbox.GitInAsync(coordinated.Worktree, "status", "--porcelain")).IsEqualTo("?? mine.txt\n");
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
        await Assert.That((await coordinated.Mission.LanesAsync()).Values.Distinct()).IsEquivalentTo(["done"], CollectionOrdering.Matching);
        await Assert.That((await MergeAsync(sandbox)).Ok().GetProperty("no_op").GetBoolean()).IsTrue();
    }

    [Test]
    [Arguments(CoordinatedMission.Branch)]
    [Arguments("kitty/mission-integration")]
    public async Task A_worktree_with_uncommitted_work_is_told_and_nothing_changes(string missionBranch)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await ApprovedAsync(sandbox, missionBranch);
        File.WriteAllText(Path.Combine(coordinated.Worktree, "README.md"), "mine\n");
        var before = sandbox.Tree();

        var call = (await MergeAsync(sandbox)).Fails("WORKTREE_DIRTY");

        await Assert.That(call.Texts("errors").Single()).Contains(coordinated.Worktree).And.Contains("README.md");
        sandbox.Tree().MustEqualButForLocks(before, "the refusal");
    }

    private static Task<Call> MergeAsync(Sandbox sandbox, params string[] more) => sandbox.ApiAsync(["merge-mission", "--mission", Directory, .. more]);

    internal static async Task<CoordinatedMission> ApprovedAsync(Sandbox sandbox, string missionBranch)
    {
        var coordinated = await CoordinatedMission.CreateAsync(
            sandbox, describe: mission => mission.Wp("WP01").Wp("WP02"), lanes: CoordinatedMission.Lanes(missionBranch, ("lane-a", ["WP01"], []), ("lane-b", ["WP02"], [])));
        foreach (string lane in (string[])["lane-a", "lane-b"])
        {
            string worktree = LanesMission.Worktree(sandbox, lane);
            await sandbox.GitAsync("worktree", "add", "-q", "-b", LanesMission.LaneBranch(lane), worktree, "main");
            await LanesMission.WorkAsync(sandbox, lane, lane + ".txt", lane + "\n");
        }

        await coordinated.PutAsync("WP01", "approved");
        await coordinated.PutAsync("WP02", "approved");
        return coordinated;
    }
}
