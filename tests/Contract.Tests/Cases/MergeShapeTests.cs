using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Missions and repositories of every shape, merged: what lands, what goes, what stays.</summary>
public sealed class MergeShapeTests
{
    [Test]
    public async Task A_mission_of_planning_only()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, [new("lane-planning", "WP01", "", "")]);

        var data = (await scene.MergeAsync()).Ok();

        await Assert.That(data.GetProperty("merged_wps").EnumerateArray().Select(wp => wp.GetString()!)).IsEquivalentTo(["WP01"], CollectionOrdering.Matching);
        await Assert.That(await sandbox.GitAsync("log", "-1", "--format=%s")).IsEqualTo($"chore({MergeScene.Slug}): record done transitions for merged WPs\n");
        await Assert.That(await scene.Mission.LaneAsync("WP01")).IsEqualTo("done");
        await scene.IsLandedAsync();
        await IsNoOpAsync(scene);
    }

    [Test]
    public async Task A_planning_lane_among_others()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, [new("lane-planning", "WP01", "", ""), new("lane-a", "WP02", "a.txt", "a\n")]);

        var data = (await scene.MergeAsync()).Ok();

        await Assert.That(data.GetProperty("merged_wps").EnumerateArray().Select(wp => wp.GetString()!)).IsEquivalentTo(["WP01", "WP02"], CollectionOrdering.Matching);
        await Assert.That(sandbox.Read("a.txt")).IsEqualTo("a\n");
        await scene.IsLandedAsync();
        await IsNoOpAsync(scene);
    }

    [Test]
    [Arguments("merge")]
    [Arguments("squash")]
    [Arguments("rebase")]
    public async Task A_lane_that_builds_on_another(string strategy)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await sandbox.GitAsync("branch", "-q", "-f", MergeScene.LaneBranch("lane-b"), MergeScene.LaneBranch("lane-a"));
        await scene.CommitOnLaneAsync("lane-b", "a.txt", "a\nand b\n");

        (await scene.MergeAsync("--strategy", strategy)).Ok();

        await Assert.That(sandbox.Read("a.txt")).IsEqualTo("a\nand b\n");
        await scene.IsLandedAsync();
    }

    [Test]
    public async Task The_target_checked_out_elsewhere_follows()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        string elsewhere = Path.Combine(sandbox.Top, "elsewhere");
        await sandbox.GitAsync("worktree", "add", "-q", elsewhere, "main");
        File.WriteAllText(Path.Combine(elsewhere, "untracked.txt"), "mine\n");

        (await scene.MergeAsync()).Ok();

        await Assert.That(File.ReadAllText(Path.Combine(elsewhere, "a.txt"))).IsEqualTo("a\n");
        await Assert.That(await sandbox.GitInAsync(elsewhere, "status", "--porcelain")).IsEqualTo("?? untracked.txt\n");
        await Assert.That(File.Exists(sandbox.At("a.txt"))).IsFalse();
        await Assert.That(await scene.BranchesAsync()).IsEqualTo("feature/x main");
        await Assert.That(await scene.Mission.LaneAsync("WP01")).IsEqualTo("done");
        await scene.HasNoLeftoversAsync();
        await IsNoOpAsync(scene);
    }

    [Test]
    [Arguments("branch")]
    [Arguments("detached")]
    public async Task The_target_checked_out_nowhere(string how)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await sandbox.GitAsync(how == "branch" ? ["checkout", "-q", "-b", "feature/x"] : ["checkout", "-q", "--detach"]);

        (await scene.MergeAsync()).Ok();

        await Assert.That(await sandbox.GitAsync("show", "main:a.txt")).IsEqualTo("a\n");
        await Assert.That(await sandbox.GitAsync("show", "main:" + MergeScene.LogFile)).Contains("\"to_lane\": \"done\"");
        await Assert.That(File.Exists(sandbox.At("a.txt"))).IsFalse();
        await scene.HasNoLeftoversAsync();
        await IsNoOpAsync(scene);
    }

    [Test]
    public async Task A_target_that_only_origin_has_is_made()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await sandbox.GitAsync("update-ref", "refs/remotes/origin/release", "main");

        var data = (await scene.MergeAsync("--target", "release")).Ok();

        await Assert.That(data.GetProperty("target_branch").GetString()).IsEqualTo("release");
        await Assert.That(await sandbox.GitAsync("show", "release:a.txt")).IsEqualTo("a\n");
    }

    [Test]
    public async Task Clean_worktrees_of_lanes_go_and_what_holds_files_is_merged_around()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, [.. MergeScene.Two, new("lane-c", "WP03", "c.txt", "c\n")]);
        foreach (string lane in (string[])["lane-a", "lane-b", "lane-c"])
        {
            await scene.CheckOutAsync(lane);
        }

        File.WriteAllText(Path.Combine(scene.Worktree("lane-a"), "notes.txt"), "mine\n");
        await sandbox.GitAsync("worktree", "lock", scene.Worktree("lane-b"));

        var data = (await scene.MergeAsync()).Ok();

        await Assert.That(data.GetProperty("worktree_removed").GetBoolean()).IsTrue();
        await Assert.That(data.GetProperty("kept_worktrees").EnumerateArray().Select(path => path.GetString()!)).IsEquivalentTo([scene.Worktree("lane-a"), scene.Worktree("lane-b")], CollectionOrdering.Matching);
        await Assert.That(File.ReadAllText(Path.Combine(scene.Worktree("lane-a"), "notes.txt"))).IsEqualTo("mine\n");
        await Assert.That(Directory.Exists(scene.Worktree("lane-c"))).IsFalse();
        await scene.IsLandedAsync(MergeScene.LaneBranch("lane-a"), MergeScene.LaneBranch("lane-b"));
        await IsNoOpAsync(scene);
    }

    [Test]
    public async Task A_worktree_with_a_repository_in_it_stays()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await scene.CheckOutAsync("lane-a");
        await scene.CheckOutAsync("lane-b");
        string module = Path.Combine(sandbox.Top, "module");
        await sandbox.GitAsync("init", "-q", module);
        await sandbox.CommitAsync("module", module);
        await sandbox.GitInAsync(scene.Worktree("lane-a"), "-c", "protocol.file.allow=always", "submodule", "add", "-q", module, "module");
        await sandbox.CommitAsync("submodule", scene.Worktree("lane-a"));
        string ignored = Path.Combine(scene.Worktree("lane-b"), ".worktrees/clone");
        await sandbox.GitAsync("clone", "-q", module, ignored);

        var data = (await scene.MergeAsync()).Ok();

        await Assert.That(data.GetProperty("kept_worktrees").EnumerateArray().Select(path => path.GetString()!)).IsEquivalentTo([scene.Worktree("lane-a"), scene.Worktree("lane-b")], CollectionOrdering.Matching);
        await Assert.That(File.Exists(Path.Combine(ignored, ".git/HEAD"))).IsTrue();
    }

    [Test]
    public async Task A_call_from_inside_a_worktree_that_goes()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await scene.CheckOutAsync("lane-a");

        (await sandbox.ApiInAsync(scene.Worktree("lane-a"), "merge-mission", "--mission", MergeScene.Slug)).Ok();

        await scene.IsLandedAsync();
    }

    [Test]
    public async Task Rows_on_every_branch_are_united()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string log = await sandbox.GitAsync("show", "main:" + MergeScene.LogFile);
        foreach (string lane in (string[])["lane-a", "lane-b"])
        {
            string row = PythonText.Row(scene.Mission.Event("WP01", "planned", "planned", Mission.SeedTime(lane == "lane-a" ? 30 : 31), ("force", true), ("reason", lane)));
            await scene.CommitOnLaneAsync(lane, MergeScene.LogFile, log + row + "\n{\"event_type\": \"Unknown\", \"event_id\": \"" + lane + "\", \"at\": \"2026\"}\n");
        }

        string before = scene.Mission.Log;
        (await scene.MergeAsync()).Ok();

        string[] reasons = [.. scene.Mission.Rows.Where(row => row.TryGetProperty("reason", out _)).Select(row => row.GetProperty("reason").GetString() ?? "")];
        await Assert.That(reasons).Contains("lane-a").And.Contains("lane-b");
        await Assert.That(scene.Mission.Log).StartsWith(before).And.Contains("\"event_id\": \"lane-a\"").And.Contains("\"event_id\": \"lane-b\"");
        await Assert.That(await sandbox.GitAsync("show", "main:" + MergeScene.LogFile)).IsEqualTo(scene.Mission.Log);
        await scene.IsLandedAsync();
    }

    [Test]
    public async Task The_missions_own_files_land_as_the_main_checkout_has_them()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        (await sandbox.ApiAsync("append-history", "--mission", MergeScene.Slug, "--wp", "WP01", "--actor", "codex", "--note", "kept")).Ok();
        (await sandbox.ApiAsync("accept-mission", "--mission", MergeScene.Slug, "--actor", "boss")).Ok();

        (await scene.MergeAsync()).Ok();

        await Assert.That(await sandbox.GitAsync("show", $"main:kitty-specs/{MergeScene.Slug}/tasks/WP01-do-the-thing.md")).Contains("codex: kept");
        await Assert.That(await sandbox.GitAsync("show", $"main:kitty-specs/{MergeScene.Slug}/meta.json")).Contains("\"accepted_by\": \"boss\"");
        await scene.IsLandedAsync();
    }

    [Test]
    public async Task Gates_that_warn_land_what_is_not_approved_and_leave_it_where_it_is()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Write(".kittify/config.yaml", "policy:\n  merge_gates:\n    mode: warn\n");
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two, isApproved: false);
        scene.Approve("WP01");

        var data = (await scene.MergeAsync()).Ok();

        await Assert.That(string.Join('\n', data.GetProperty("warnings").EnumerateArray().Select(text => text.GetString()))).Contains("approval: WP02").And.Contains("WP02 is in 'planned'");
        await Assert.That(await scene.Mission.LanesAsync()).Contains(new System.Collections.Generic.KeyValuePair<string, string>("WP01", "done"));
        await Assert.That(await scene.Mission.LaneAsync("WP02")).IsEqualTo("planned");
    }

    [Test]
    public async Task A_stash_and_untracked_files_stay()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        sandbox.Write("README.md", "stashed\n");
        await sandbox.GitAsync("stash", "-q", "--", "README.md");
        sandbox.Write("mine.txt", "untracked\n");

        (await scene.MergeAsync()).Ok();

        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("?? mine.txt\n");
        await Assert.That(await sandbox.GitAsync("stash", "show", "-p")).Contains("+stashed");
    }

    [Test]
    public async Task Lines_that_end_in_carriage_returns_by_the_attributes_leave_nothing_uncommitted()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Write(".gitattributes", "kitty-specs/** text eol=crlf\n");
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two, isApproved: false);
        Directory.Delete(scene.Mission.Directory, recursive: true);
        await sandbox.GitAsync("checkout", "-q", "--", "kitty-specs");
        scene.Approve("WP01", "WP02");

        (await scene.MergeAsync()).Ok();

        await scene.IsLandedAsync();
    }

    [Test]
    public async Task A_git_that_was_told_to_keep_its_answers_back_was_waited_for()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);

        (await scene.MergeWithAsync([("GIT_FLUSH", "0")])).Ok();
    }

    [Test]
    public async Task Work_that_appears_while_the_refs_move_is_kept_and_everything_else_is_as_before()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string mission = Path.Combine(sandbox.Top, "mission");
        await sandbox.GitAsync("worktree", "add", "-q", mission, MergeScene.Branch);
        (await sandbox.ApiAsync("append-history", "--mission", MergeScene.Slug, "--wp", "WP01", "--actor", "codex", "--note", "n")).Ok();
        await MergeRefusalTests.HookAsync(sandbox, "reference-transaction", $"[ \"$1\" != prepared ] || echo mine > '{mission}/b.txt'\n");
        var before = sandbox.Tree();

        var call = (await scene.MergeAsync()).Fails("WORKTREE_DIRTY");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        string[] changes = [.. sandbox.Tree().ChangesSince(before).Where(line => !line.Contains("/logs", StringComparison.Ordinal) && !line.Contains("-locks/", StringComparison.Ordinal))];
        await Assert.That(changes).IsEquivalentTo(["+ mission/b.txt"], CollectionOrdering.Matching);

        File.Delete(sandbox.At(".git/hooks/reference-transaction"));
        File.Delete(Path.Combine(mission, "b.txt"));
        (await scene.MergeAsync()).Ok();
        await scene.IsLandedAsync(MergeScene.Branch);
    }

    private static async Task IsNoOpAsync(MergeScene scene)
    {
        string head = await scene.Sandbox.GitAsync("for-each-ref");
        await Assert.That((await scene.MergeAsync()).Ok().GetProperty("no_op").GetBoolean()).IsTrue();
        await Assert.That(await scene.Sandbox.GitAsync("for-each-ref")).IsEqualTo(head);
    }
}
