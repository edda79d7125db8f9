using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Runtime.Tests.Status;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Merge;

/// <summary>What a merge decides before it does anything: all of it, or nothing and every reason (DESIGN §9, §11).</summary>
internal sealed class MergePlannerTests
{
    [Test]
    [Arguments("merge")]
    [Arguments("squash")]
    [Arguments("rebase")]
    public async Task Lanes_land_their_branches_and_clean_worktrees_go_and_again_it_is_nothing(string strategy)
    {
        using var scene = new MergeScene("lane-a", "lane-b");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true);
        scene.Work("lane-b", "b.txt", "b\n");
        var merged = scene.Merge(strategy);
        await Assert.That(merged.MergedWps).IsEquivalentTo(["WP01", "WP02"], CollectionOrdering.Matching);
        await Assert.That((merged.WorktreeRemoved, merged.NoOp, merged.KeptWorktrees is null)).IsEqualTo((true, false, true));
        await Assert.That(scene.Branches()).DoesNotContain(MergeScene.MissionBranch);
        await Assert.That(Directory.Exists(scene.Worktree("lane-a"))).IsFalse();
        await Assert.That((scene.Show("a.txt"), scene.Show("b.txt"))).IsEqualTo(("a\n", "b\n"));
        await Assert.That(File.ReadAllText(scene.Repository["a.txt"])).IsEqualTo("a\n");
        await Assert.That(scene.Show("kitty-specs/077-m/status.events.jsonl")).IsEqualTo(File.ReadAllText(scene.LogPath));
        await Assert.That(scene.Repository.Git("status", "--porcelain")).IsEqualTo("");
        string after = scene.State();
        await Assert.That(scene.Merge(strategy).NoOp).IsTrue();
        await Assert.That(scene.State()).IsEqualTo(after);
    }

    [Test]
    public async Task Rows_whose_last_line_has_no_line_feed_land_whole()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n");
        string log = File.ReadAllText(scene.LogPath);
        File.WriteAllText(scene.LogPath, log[..^1]);
        scene.Merge();
        string landed = scene.Show("kitty-specs/077-m/status.events.jsonl");
        await Assert.That(landed).StartsWith(log);
        await Assert.That(landed).IsEqualTo(File.ReadAllText(scene.LogPath));
    }

    [Test]
    public async Task Every_reason_against_it_is_told_at_once()
    {
        using var scene = new MergeScene("lane-a", "lane-b");
        scene.Work("lane-a", "same.txt", "a\n");
        scene.Work("lane-b", "same.txt", "b\n");
        File.AppendAllText(scene.LogPath, Rows.Lane("WP01", "approved", "in_progress", "2027-01-01T00:00:00+00:00", Rows.Id(9), force: "true") + "\n");
        var failure = scene.Refused();
        await Assert.That(failure.Code).IsEqualTo(ErrorCode.PreflightFailed);
        await Assert.That(MergeScene.Errors(failure)).IsEquivalentTo(["WPs missing review approval: WP01", $"Merging {MergeScene.Branch("lane-b")} into {MergeScene.MissionBranch} conflicts in: same.txt"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Where_lanes_conflict_what_keeps_the_target_from_moving_is_told_too()
    {
        using var scene = new MergeScene("lane-a", "lane-b");
        scene.Work("lane-a", "same.txt", "a\n");
        scene.Work("lane-b", "same.txt", "b\n");
        File.WriteAllText(scene.Repository["base.txt"], "mine\n");
        await Assert.That(MergeScene.Errors(scene.Refused())).IsEquivalentTo(
            [$"Merging {MergeScene.Branch("lane-b")} into {MergeScene.MissionBranch} conflicts in: same.txt", Messages.MergeWorktreeChanged("main", scene.Repository.Root, "base.txt")],
            CollectionOrdering.Matching);
    }

    [Test]
    public async Task Where_nothing_lands_what_keeps_the_target_from_moving_is_told_too()
    {
        using var scene = new MergeScene("lane-a");
        scene.Repository.Git("branch", MergeScene.MissionBranch);
        scene.Work("lane-a", "same.txt", "a\n");
        scene.Repository.Write("same.txt", "main\n");
        scene.Repository.Commit("another");
        File.WriteAllText(scene.Repository["base.txt"], "mine\n");
        var errors = MergeScene.Errors(scene.Refused());
        await Assert.That(errors.Count).IsEqualTo(2);
        await Assert.That(errors[0]).Contains("conflicts in: same.txt");
        await Assert.That(errors[1]).IsEqualTo(Messages.MergeWorktreeChanged("main", scene.Repository.Root, "base.txt"));
    }

    [Test]
    public async Task Without_a_target_what_the_gates_say_is_told_all_the_same()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n");
        File.AppendAllText(scene.LogPath, Rows.Lane("WP01", "approved", "blocked", "2027-01-01T00:00:00+00:00", Rows.Id(9)) + "\n");
        await Assert.That(MergeScene.Errors(scene.Refused("nowhere"))).IsEquivalentTo(["Target branch 'nowhere' does not exist locally or on origin.", "WPs missing review approval: WP01"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Uncommitted_work_in_a_lanes_worktree_stops_it_and_is_named()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true);
        File.WriteAllText(Path.Combine(scene.Worktree("lane-a"), "base.txt"), "changed\n");
        var failure = scene.Refused();
        await Assert.That(failure.Code).IsEqualTo(ErrorCode.WorktreeDirty);
        await Assert.That(MergeScene.Errors(failure)).IsEquivalentTo([$"The worktree of {MergeScene.Branch("lane-a")} at {scene.Worktree("lane-a")} holds uncommitted changes: base.txt"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Of_many_changed_files_ten_are_named()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true);
        foreach (int i in Enumerable.Range(0, 11))
        {
            File.WriteAllText(Path.Combine(scene.Worktree("lane-a"), $"n{i:D2}.txt"), "n\n");
        }

        scene.Repository.GitIn(scene.Worktree("lane-a"), "add", "-A");
        await Assert.That(MergeScene.Errors(scene.Refused())[0]).EndsWith(": " + string.Join(", ", Enumerable.Range(0, 10).Select(static i => $"n{i:D2}.txt")) + ", …");
        scene.Repository.GitIn(scene.Worktree("lane-a"), "rm", "-q", "-f", "n10.txt");
        await Assert.That(MergeScene.Errors(scene.Refused())[0]).EndsWith("n08.txt, n09.txt");
    }

    [Test]
    public async Task A_lanes_worktree_in_the_middle_of_a_merge_stops_it()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true);
        string gitDirectory = scene.Repository.GitIn(scene.Worktree("lane-a"), "rev-parse", "--absolute-git-dir").Trim();
        File.WriteAllText(Path.Combine(gitDirectory, "MERGE_HEAD"), scene.Repository.Git("rev-parse", "main"));
        await Assert.That(MergeScene.Errors(scene.Refused())[0]).EndsWith(": an unfinished git operation");
    }

    [Test]
    public async Task A_worktree_with_files_that_git_does_not_know_is_merged_around_and_kept()
    {
        using var scene = new MergeScene("lane-a", "lane-b");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true);
        scene.Work("lane-b", "b.txt", "b\n", keepWorktree: true);
        File.WriteAllText(Path.Combine(scene.Worktree("lane-a"), "mine.txt"), "mine\n");
        var merged = scene.Merge();
        await Assert.That(merged.KeptWorktrees!).IsEquivalentTo([scene.Worktree("lane-a")], CollectionOrdering.Matching);
        await Assert.That(scene.HasBranch(MergeScene.Branch("lane-a"))).IsTrue();
        await Assert.That(scene.HasBranch(MergeScene.Branch("lane-b"))).IsFalse();
        await Assert.That(File.ReadAllText(Path.Combine(scene.Worktree("lane-a"), "mine.txt"))).IsEqualTo("mine\n");
        await Assert.That(merged.WorktreeRemoved).IsTrue();
    }

    [Test]
    public async Task A_locked_worktree_is_kept()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true);
        scene.Repository.Git("worktree", "lock", scene.Worktree("lane-a"));
        var merged = scene.Merge();
        await Assert.That(merged.KeptWorktrees!).IsEquivalentTo([scene.Worktree("lane-a")], CollectionOrdering.Matching);
        await Assert.That((Directory.Exists(scene.Worktree("lane-a")), scene.HasBranch(MergeScene.Branch("lane-a")), merged.WorktreeRemoved)).IsEqualTo((true, true, false));
    }

    [Test]
    public async Task A_worktree_that_holds_a_repository_which_git_ignores_is_kept()
    {
        using var scene = new MergeScene("lane-a");
        File.AppendAllText(scene.Repository[".git/info/exclude"], "vendor/\n");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true);
        string vendor = Path.Combine(scene.Worktree("lane-a"), "vendor");
        Directory.CreateDirectory(vendor);
        scene.Repository.GitIn(vendor, "init", "-q");
        var merged = scene.Merge();
        await Assert.That(merged.KeptWorktrees!).IsEquivalentTo([scene.Worktree("lane-a")], CollectionOrdering.Matching);
        await Assert.That((Directory.Exists(Path.Combine(vendor, ".git")), scene.HasBranch(MergeScene.Branch("lane-a")))).IsEqualTo((true, true));
    }

    /// <summary>A submodule's own repository is in the worktree's git directory, and goes with it.</summary>
    [Test]
    public async Task A_worktree_with_the_repository_of_a_submodule_is_kept()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true);
        string modules = Path.Combine(scene.Repository.GitIn(scene.Worktree("lane-a"), "rev-parse", "--absolute-git-dir").Trim(), "modules");
        Directory.CreateDirectory(modules);
        await Assert.That(scene.Merge().KeptWorktrees!).IsEquivalentTo([scene.Worktree("lane-a")], CollectionOrdering.Matching);
        await Assert.That((Directory.Exists(modules), scene.HasBranch(MergeScene.Branch("lane-a")))).IsEqualTo((true, true));
    }

    [Test]
    public async Task A_worktree_elsewhere_is_somebodys_and_stays_with_its_branch()
    {
        using var scene = new MergeScene("lane-a");
        string elsewhere = Path.Combine(scene.Repository.Top, "elsewhere");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true, at: elsewhere);
        var merged = scene.Merge();
        await Assert.That((merged.KeptWorktrees is null, merged.WorktreeRemoved, Directory.Exists(elsewhere), scene.HasBranch(MergeScene.Branch("lane-a")))).IsEqualTo((true, false, true, true));
        await Assert.That(scene.Show("a.txt")).IsEqualTo("a\n");
    }

    [Test]
    public async Task A_mission_branch_that_is_checked_out_stays_and_is_where_the_target_is()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n");
        scene.Repository.Git("branch", MergeScene.MissionBranch);
        string elsewhere = Path.Combine(scene.Repository.Top, "elsewhere");
        scene.Repository.Git("worktree", "add", "-q", elsewhere, MergeScene.MissionBranch);
        scene.Merge();
        await Assert.That(scene.Repository.Git("rev-parse", MergeScene.MissionBranch)).IsEqualTo(scene.Repository.Git("rev-parse", "main"));
        await Assert.That(File.ReadAllText(Path.Combine(elsewhere, "a.txt"))).IsEqualTo("a\n");
    }

    [Test]
    public async Task A_mission_branch_that_nobody_has_checked_out_goes()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n");
        scene.Repository.Git("branch", MergeScene.MissionBranch);
        scene.Merge();
        await Assert.That(scene.Branches()).DoesNotContain(MergeScene.MissionBranch);
    }

    [Test]
    public async Task The_users_files_in_the_way_stop_it()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n");
        File.WriteAllText(scene.Repository["a.txt"], "mine\n");
        await Assert.That(MergeScene.Errors(scene.Refused())).IsEquivalentTo([$"Refusing to advance branch 'main': the worktree at {scene.Repository.Root} has it checked out and holds untracked files that would be overwritten: a.txt"], CollectionOrdering.Matching);
        File.Delete(scene.Repository["a.txt"]);
        scene.Merge();
        await Assert.That(scene.Show("a.txt")).IsEqualTo("a\n");
    }

    [Test]
    public async Task A_target_that_is_being_rebased_somewhere_stops_it()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n");
        scene.Repository.Git("checkout", "-q", "--detach");
        Directory.CreateDirectory(scene.Repository[".git/rebase-merge"]);
        File.WriteAllText(scene.Repository[".git/rebase-merge/head-name"], "refs/heads/main\n");
        await Assert.That(MergeScene.Errors(scene.Refused())).IsEquivalentTo([$"Refusing to advance branch 'main': the worktree at {scene.Repository.Root} is in the middle of another git operation"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_lane_that_is_being_rebased_somewhere_lands_as_its_branch_is_and_keeps_it()
    {
        using var scene = new MergeScene("lane-a");
        string elsewhere = Path.Combine(scene.Repository.Top, "elsewhere");
        scene.Work("lane-a", "a.txt", "a\n", keepWorktree: true, at: elsewhere);
        scene.Repository.GitIn(elsewhere, "checkout", "-q", "--detach");
        string rebase = Path.Combine(scene.Repository.GitIn(elsewhere, "rev-parse", "--absolute-git-dir").Trim(), "rebase-merge");
        Directory.CreateDirectory(rebase);
        File.WriteAllText(Path.Combine(rebase, "head-name"), $"refs/heads/{MergeScene.Branch("lane-a")}\n");
        scene.Merge();
        await Assert.That(scene.Show("a.txt")).IsEqualTo("a\n");
        await Assert.That(scene.HasBranch(MergeScene.Branch("lane-a"))).IsTrue();
    }

    [Test]
    public async Task Rows_that_only_a_lane_has_land_too()
    {
        using var scene = new MergeScene("lane-a", "lane-b");
        scene.Work("lane-a", "a.txt", "a\n");
        scene.Repository.Git("worktree", "add", "-q", "-b", MergeScene.Branch("lane-b"), scene.Worktree("lane-b"), "main");
        File.AppendAllText(Path.Combine(scene.Worktree("lane-b"), "kitty-specs/077-m/status.events.jsonl"), "{\"event_type\": \"of the lane\", \"event_id\": \"L1\", \"at\": \"2026-04-09\"}\n");
        scene.Commit(scene.Worktree("lane-b"), "b.txt", "b\n");
        scene.Merge();
        await Assert.That(File.ReadAllText(scene.LogPath)).Contains("of the lane");
        await Assert.That(scene.Show("kitty-specs/077-m/status.events.jsonl")).Contains("of the lane");
    }

    [Test]
    public async Task Two_rows_of_one_id_that_say_different_things_are_a_conflict()
    {
        using var scene = new MergeScene("lane-a");
        scene.Repository.Git("worktree", "add", "-q", "-b", MergeScene.Branch("lane-a"), scene.Worktree("lane-a"), "main");
        string log = Path.Combine(scene.Worktree("lane-a"), "kitty-specs/077-m/status.events.jsonl");
        File.WriteAllText(log, File.ReadAllText(log).Replace("\"reason\": null", "\"reason\": \"other\"", System.StringComparison.Ordinal));
        scene.Commit(scene.Worktree("lane-a"), "a.txt", "a\n");
        var failure = scene.Refused();
        await Assert.That(failure.Code).IsEqualTo(ErrorCode.MergeConflict);
        await Assert.That(failure.Message).Contains(MergeScene.Branch("lane-a") + ":kitty-specs/077-m/status.events.jsonl").And.Contains(Rows.Id(0));
    }

    [Test]
    public async Task A_book_of_the_mission_that_was_deleted_lands_as_deleted()
    {
        using var scene = new MergeScene("lane-a");
        scene.Repository.Write("kitty-specs/077-m/acceptance-matrix.json", "{}\n");
        scene.Repository.Commit("a matrix");
        scene.Work("lane-a", "a.txt", "a\n");
        File.Delete(scene.Repository["kitty-specs/077-m/acceptance-matrix.json"]);
        scene.Merge();
        await Assert.That(scene.Repository.TryGitIn(scene.Repository.Root, "show", "main:kitty-specs/077-m/acceptance-matrix.json").Status).IsNotEqualTo(0);
        await Assert.That(scene.Repository.Git("status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    public async Task A_book_that_is_not_committed_lands_as_it_is()
    {
        using var scene = new MergeScene("lane-a");
        scene.Work("lane-a", "a.txt", "a\n");
        File.AppendAllText(scene.Repository["kitty-specs/077-m/tasks/WP01.md"], "a note\n");
        scene.Merge();
        await Assert.That(scene.Show("kitty-specs/077-m/tasks/WP01.md")).EndsWith("a note\n");
        await Assert.That(scene.Repository.Git("status", "--porcelain")).IsEqualTo("");
    }
}
