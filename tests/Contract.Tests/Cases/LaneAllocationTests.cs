using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>From level 1.1.0 on, work begins in a lane's worktree, which is made, or taken as it is, before anything is claimed (HOST §10.2, DESIGN §11).</summary>
public sealed class LaneAllocationTests
{
    [Test]
    public async Task A_fresh_lane_gets_a_branch_and_a_worktree()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);

        var data = (await mission.StartAsync("WP01")).Ok();

        await Assert.That(data.GetProperty("workspace_path").GetString()).IsEqualTo(LanesMission.Worktree(sandbox, "lane-a"));
        await Assert.That(data.GetProperty("lane_id").GetString()).IsEqualTo("lane-a");
        await Assert.That(data.GetProperty("lane_branch").GetString()).IsEqualTo(LanesMission.LaneBranch("lane-a"));
        await Assert.That(data.GetProperty("lane_base_ref").GetString()).IsEqualTo("main");
        await Assert.That((await GitInLaneAsync(sandbox, "lane-a", "symbolic-ref", "--short", "HEAD")).Trim()).IsEqualTo(LanesMission.LaneBranch("lane-a"));
        await Assert.That(await GitInLaneAsync(sandbox, "lane-a", "status", "--porcelain")).IsEqualTo("");
        await Assert.That(await sandbox.GitAsync("rev-parse", LanesMission.Branch)).IsEqualTo(await sandbox.GitAsync("rev-parse", "main"));
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task The_status_files_are_left_out_of_the_lanes_of_a_coordinated_mission()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await CoordinatedMission.CreateAsync(
            sandbox, describe: b => b.Wp("WP01").Wp("WP02").Wp("WP03").Wp("WP04"), lanes: CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan));

        var data = (await mission.Mission.StartAsync("WP01")).Ok();

        await Assert.That(data.GetProperty("lane_base_ref").GetString()).IsEqualTo(CoordinatedMission.Branch);
        var lane = LanesMission.Worktree(sandbox, "lane-a");
        await Assert.That(File.Exists(Path.Combine(lane, CoordinatedMission.StatusFiles[0]))).IsFalse();
        await Assert.That(File.Exists(Path.Combine(lane, CoordinatedMission.StatusFiles[1]))).IsFalse();
        await Assert.That(File.Exists(Path.Combine(lane, "README.md"))).IsTrue();
        await Assert.That(await GitInLaneAsync(sandbox, "lane-a", "status", "--porcelain")).IsEqualTo("");
        await mission.IsCommittedAsync();
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_worktree_that_a_killed_call_added_and_did_not_fill_is_filled(bool isCoordinated)
    {
        using var sandbox = await AtLevelAsync();
        var mission = isCoordinated
            ? (await CoordinatedMission.CreateAsync(
                sandbox, describe: b => b.Wp("WP01").Wp("WP02").Wp("WP03").Wp("WP04"), lanes: CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan))).Mission
            : await LanesMission.CreateAsync(sandbox);
        var lane = LanesMission.Worktree(sandbox, "lane-a");
        await sandbox.GitAsync("worktree", "add", "-q", "--no-checkout", "-b", LanesMission.LaneBranch("lane-a"), lane, "main");

        (await mission.StartAsync("WP01")).Ok();

        await Assert.That(File.Exists(Path.Combine(lane, "README.md"))).IsTrue();
        await Assert.That(File.Exists(Path.Combine(lane, CoordinatedMission.StatusFiles[0]))).IsEqualTo(!isCoordinated);
        await Assert.That(await GitInLaneAsync(sandbox, "lane-a", "status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    public async Task A_clean_worktree_is_used_again_for_the_next_work_package()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        (await mission.StartAsync("WP01")).Ok();
        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "a\n");
        var head = await GitInLaneAsync(sandbox, "lane-a", "rev-parse", "HEAD");

        (await mission.StartAsync("WP04")).Ok();

        await Assert.That(await GitInLaneAsync(sandbox, "lane-a", "rev-parse", "HEAD")).IsEqualTo(head);
    }

    [Test]
    public async Task A_branch_without_its_directory_gets_its_worktree_back()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        (await mission.StartAsync("WP01")).Ok();
        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "a\n");
        Directory.Delete(LanesMission.Worktree(sandbox, "lane-a"), recursive: true);

        await Assert.That((await mission.StartAsync("WP01")).Ok().GetProperty("no_op").GetBoolean()).IsTrue();

        await Assert.That(File.Exists(Path.Combine(LanesMission.Worktree(sandbox, "lane-a"), "a.txt"))).IsTrue();
    }

    [Test]
    [Arguments("untracked.txt")]
    [Arguments("README.md")]
    public async Task A_worktree_with_uncommitted_work_is_refused_and_nothing_is_claimed(string file)
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        (await mission.StartAsync("WP01")).Ok();
        await File.WriteAllTextAsync(Path.Combine(LanesMission.Worktree(sandbox, "lane-a"), file), "mine\n");
        var before = sandbox.Tree();

        var call = (await mission.StartAsync("WP04")).Fails("LANE_ALLOCATION_FAILED");

        await Assert.That(call.Envelope.ErrorCode).IsEqualTo("LANE_ALLOCATION_FAILED");
        await Assert.That(call.Text("wp_id")).IsEqualTo("WP04");
        await Assert.That(call.Text("reason")).IsEqualTo(
            $"Lane lane-a worktree at {LanesMission.Worktree(sandbox, "lane-a")} has uncommitted changes. Commit or stash before starting the next WP.");
        await Assert.That(await mission.LaneAsync("WP04")).IsEqualTo("planned");
        sandbox.Tree().MustEqual(before, "a refused call");
    }

    [Test]
    public async Task Going_on_with_uncommitted_work_is_a_no_op()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        (await mission.StartAsync("WP01")).Ok();
        await File.WriteAllTextAsync(Path.Combine(LanesMission.Worktree(sandbox, "lane-a"), "draft.txt"), "mine\n");
        var before = sandbox.Tree();

        var data = (await mission.StartAsync("WP01")).Ok();

        await Assert.That(data.GetProperty("no_op").GetBoolean()).IsTrue();
        await Assert.That(data.GetProperty("lane_id").GetString()).IsEqualTo("lane-a");
        sandbox.Tree().MustEqual(before, "going on");
    }

    [Test]
    [Arguments("files")]
    [Arguments("clone")]
    [Arguments("link")]
    public async Task What_is_no_worktree_of_this_repository_is_refused_and_nothing_is_claimed(string kind)
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        await OccupyAsync(sandbox, kind);

        // The main checkout, in which the place lies, has the very branch: what git says of the place is true of the checkout.
        await sandbox.GitAsync("checkout", "-q", "-b", LanesMission.LaneBranch("lane-a"));
        var before = sandbox.Tree();

        var call = (await mission.StartAsync("WP01")).Fails("LANE_ALLOCATION_FAILED");

        await Assert.That(call.Text("reason")).Contains(LanesMission.Worktree(sandbox, "lane-a")).And.Contains("no worktree of this repository");
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("planned");
        sandbox.Tree().MustEqualButForLocks(before, "a refused call");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task No_worktree_is_made_through_a_link_that_leads_out_of_the_project(bool isCoordinated)
    {
        using var sandbox = await AtLevelAsync();
        var mission = isCoordinated ? (await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false)).Mission : await LanesMission.CreateAsync(sandbox);
        Directory.CreateSymbolicLink(sandbox.At(".worktrees"), sandbox.Home);
        var before = sandbox.Tree();

        (await mission.StartAsync("WP01")).Fails(isCoordinated ? "STATUS_READ_PATH_NOT_FOUND" : "LANE_ALLOCATION_FAILED");

        sandbox.Tree().MustEqualButForLocks(before, "a refused call");
    }

    [Test]
    public async Task An_empty_directory_becomes_the_worktree()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        Directory.CreateDirectory(LanesMission.Worktree(sandbox, "lane-a"));

        (await mission.StartAsync("WP01")).Ok();

        await Assert.That((await GitInLaneAsync(sandbox, "lane-a", "symbolic-ref", "--short", "HEAD")).Trim()).IsEqualTo(LanesMission.LaneBranch("lane-a"));
    }

    [Test]
    public async Task Going_on_where_the_worktree_was_emptied_gets_it_back()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        (await mission.StartAsync("WP01")).Ok();
        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "a\n");
        Directory.Delete(LanesMission.Worktree(sandbox, "lane-a"), recursive: true);
        Directory.CreateDirectory(LanesMission.Worktree(sandbox, "lane-a"));

        await Assert.That((await mission.StartAsync("WP01")).Ok().GetProperty("no_op").GetBoolean()).IsTrue();

        await Assert.That(File.Exists(Path.Combine(LanesMission.Worktree(sandbox, "lane-a"), "a.txt"))).IsTrue();
    }

    [Test]
    public async Task Going_on_where_something_else_has_taken_the_worktrees_place_is_refused()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        (await mission.StartAsync("WP01")).Ok();
        Directory.Delete(LanesMission.Worktree(sandbox, "lane-a"), recursive: true);
        await OccupyAsync(sandbox, "files");

        await Assert.That((await mission.StartAsync("WP01")).Fails("LANE_ALLOCATION_FAILED").Text("reason")).Contains("no worktree of this repository");
    }

    [Test]
    public async Task Commits_of_the_checkout_around_a_lost_worktree_are_no_work_on_the_lane()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await CoordinatedMission.CreateAsync(
            sandbox, describe: b => b.Wp("WP01").Wp("WP02").Wp("WP03").Wp("WP04"), lanes: CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan));
        (await mission.Mission.StartAsync("WP01")).Ok();
        Directory.Delete(LanesMission.Worktree(sandbox, "lane-a"), recursive: true);
        await OccupyAsync(sandbox, "files");
        await sandbox.CommitAsync("ahead of the coordination branch");

        var call = (await mission.Mission.MoveAsync("WP01", "for_review", "--subtasks-complete")).Fails("TRANSITION_REJECTED");

        await Assert.That(call.Message).Contains("no implementation commit on lane lane-a");
    }

    [Test]
    public async Task The_lanes_it_depends_on_are_merged_in_by_their_order()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        await WorkInBothAsync(sandbox, mission, "a.txt", "b.txt");

        (await mission.StartAsync("WP03")).Ok();

        var subjects = await GitInLaneAsync(sandbox, "lane-c", "log", "--reverse", "--merges", "--format=%s", "main..HEAD");
        await Assert.That(subjects).IsEqualTo("Merge dependency lane lane-b into lane-c\n").Or.IsEqualTo(
            "Merge dependency lane lane-a into lane-c\nMerge dependency lane lane-b into lane-c\n");
        var lane = LanesMission.Worktree(sandbox, "lane-c");
        await Assert.That(File.Exists(Path.Combine(lane, "a.txt")) && File.Exists(Path.Combine(lane, "b.txt"))).IsTrue();
        await Assert.That(await GitInLaneAsync(sandbox, "lane-c", "status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    public async Task A_conflict_between_dependencies_leaves_nothing_behind()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        await WorkInBothAsync(sandbox, mission, "same.txt", "same.txt");
        var refs = await sandbox.GitAsync("for-each-ref");
        var before = sandbox.Tree();

        var call = (await mission.StartAsync("WP03")).Fails("LANE_ALLOCATION_FAILED");

        await Assert.That(call.Text("reason")).Contains("lane-b").And.Contains("conflicts");
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(await sandbox.GitAsync("for-each-ref")).IsEqualTo(refs);
        await Assert.That(Directory.Exists(LanesMission.Worktree(sandbox, "lane-c"))).IsFalse();
        await Assert.That((await sandbox.GitAsync("worktree", "list")).Split('\n').Count(line => line.Contains("lane-c", StringComparison.Ordinal))).IsEqualTo(0);
        await Assert.That(await mission.LaneAsync("WP03")).IsEqualTo("planned");
        await Assert.That(string.Join('\n', sandbox.Tree().ChangesSince(before).Where(line => !line.Contains("/.git/", StringComparison.Ordinal)))).IsEqualTo("");
    }

    [Test]
    public async Task A_conflict_in_a_worktree_that_was_there_puts_it_back_as_it_was()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        await sandbox.GitAsync("worktree", "add", "-q", "-b", LanesMission.LaneBranch("lane-c"), LanesMission.Worktree(sandbox, "lane-c"), "main");
        await WorkInBothAsync(sandbox, mission, "same.txt", "same.txt");
        var refs = await sandbox.GitAsync("for-each-ref");

        (await mission.StartAsync("WP03")).Fails("LANE_ALLOCATION_FAILED");

        await Assert.That(await sandbox.GitAsync("for-each-ref")).IsEqualTo(refs);
        await Assert.That(await GitInLaneAsync(sandbox, "lane-c", "status", "--porcelain")).IsEqualTo("");
        await Assert.That(File.Exists(Path.Combine(LanesMission.Worktree(sandbox, "lane-c"), "same.txt"))).IsFalse();
    }

    [Test]
    public async Task A_refused_start_allocates_nothing()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        mission.Put("WP01", "in_progress", actor: "somebody");
        mission.Put("WP02", "done");
        var before = sandbox.Tree();

        (await mission.StartAsync("WP01")).Fails("WP_ALREADY_CLAIMED");
        (await mission.StartAsync("WP02")).Fails("TRANSITION_REJECTED");
        (await mission.StartAsync("WP03")).Fails("DEPENDENCIES_NOT_SATISFIED");

        sandbox.Tree().MustEqualButForLocks(before, "a refused call");
    }

    [Test]
    public async Task A_claim_that_cannot_be_committed_takes_its_lane_back()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await CoordinatedMission.CreateAsync(
            sandbox, describe: b => b.Wp("WP01").Wp("WP02").Wp("WP03").Wp("WP04"), lanes: CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan));
        mission.Hook("pre-commit", "exit 1\n");
        var refs = await sandbox.GitAsync("for-each-ref");

        (await mission.Mission.StartAsync("WP01")).Fails("GIT_FAILED");

        await Assert.That(await sandbox.GitAsync("for-each-ref")).IsEqualTo(refs);
        await Assert.That(Directory.Exists(LanesMission.Worktree(sandbox, "lane-a"))).IsFalse();
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task Review_needs_a_commit_on_the_lane()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        string[] flags = ["--subtasks-complete", "--implementation-evidence-present"];
        (await mission.MoveAsync("WP01", "for_review", flags)).Fails("TRANSITION_REJECTED");
        (await mission.StartAsync("WP01")).Ok();

        var call = (await mission.MoveAsync("WP01", "for_review", flags)).Fails(
            "TRANSITION_REJECTED",
            $"WP01 cannot move to for_review: no implementation commit on lane lane-a ({LanesMission.LaneBranch("lane-a")}) beyond main. "
            + "Commit the work in the lane worktree first, or pass --force if there is genuinely nothing to commit.");
        await Assert.That(call.Text("lane_id")).IsEqualTo("lane-a");

        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "a\n");
        (await mission.MoveAsync("WP01", "for_review", flags)).Ok();
        (await mission.StartAsync("WP02")).Ok();
        (await mission.MoveAsync("WP02", "for_review", "--force", "--note", "nothing to do")).Ok();
    }

    /// <summary>Puts something that is no worktree of the repository where lane-a's should be.</summary>
    private static async Task OccupyAsync(Sandbox sandbox, string kind)
    {
        var lane = LanesMission.Worktree(sandbox, "lane-a");
        switch (kind)
        {
            case "clone":
                await sandbox.GitAsync("clone", "-q", sandbox.Root, lane);
                await sandbox.GitInAsync(lane, "checkout", "-q", "-b", LanesMission.LaneBranch("lane-a"));
                break;
            case "link":
                Directory.CreateDirectory(Path.GetDirectoryName(lane)!);
                Directory.CreateSymbolicLink(lane, sandbox.Home);
                break;
            default:
                sandbox.Write($".worktrees/{Path.GetFileName(lane)}/notes.txt", "mine\n");
                break;
        }
    }

    private static async Task<Sandbox> AtLevelAsync()
    {
        var sandbox = await Sandbox.WithGitAsync();
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";
        return sandbox;
    }

    private static Task<string> GitInLaneAsync(Sandbox sandbox, string lane, params string[] argv) =>
        sandbox.GitInAsync(LanesMission.Worktree(sandbox, lane), argv);

    /// <summary>Work in the lanes that lane-c depends on, both approved.</summary>
    private static async Task WorkInBothAsync(Sandbox sandbox, Mission mission, string inA, string inB)
    {
        (await mission.StartAsync("WP01")).Ok();
        (await mission.StartAsync("WP02")).Ok();
        await LanesMission.WorkAsync(sandbox, "lane-a", inA, "a\n");
        await LanesMission.WorkAsync(sandbox, "lane-b", inB, "b\n");
        (await mission.MoveAsync("WP01", "approved", "--force", "--note", "fine")).Ok();
        (await mission.MoveAsync("WP02", "approved", "--force", "--note", "fine")).Ok();
    }
}
