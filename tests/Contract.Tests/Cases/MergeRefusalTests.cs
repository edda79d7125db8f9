using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>
/// Everything that keeps merge-mission from merging. Each is told by name, all of them at once, and a refusal changes nothing: refs, index, trees, worktrees and
/// git's own files are compared to the byte.
/// </summary>
public sealed class MergeRefusalTests
{
    private const string Busy = "in the middle of another git operation";

    [Test]
    public async Task What_is_not_approved()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two, isApproved: false);
        scene.Approve("WP01");

        await Assert.That((await scene.RefusedAsync("PREFLIGHT_FAILED")).Texts("errors")).IsEquivalentTo(["WPs missing review approval: WP02"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_dependency_that_is_not_done()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01", "WP02").Wp("WP02").Write();
        mission.WriteLanes(("lane-a", ["WP01"]));
        await sandbox.CommitAsync("mission");
        await sandbox.GitAsync("branch", MergeScene.LaneBranch("lane-a"));
        mission.Put("WP01", "approved");
        var before = sandbox.Tree();

        var call = (await sandbox.ApiAsync("merge-mission", "--mission", MergeScene.Slug)).Fails("PREFLIGHT_FAILED");

        await Assert.That(call.Texts("errors")).IsEquivalentTo(["Incomplete dependencies: WP02 (lane=planned)"], CollectionOrdering.Matching);
        sandbox.Tree().MustEqualButForLocks(before, "the refusal");
    }

    [Test]
    [Arguments("merge")]
    [Arguments("squash")]
    [Arguments("rebase")]
    public async Task A_conflict_between_lanes(string strategy)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, [new("lane-a", "WP01", "same.txt", "a\n"), new("lane-b", "WP02", "same.txt", "b\n")]);

        await Assert.That((await scene.RefusedAsync("MERGE_CONFLICT", ["--strategy", strategy])).Texts("errors"))
            .IsEquivalentTo([$"Merging {MergeScene.LaneBranch("lane-b")} into {MergeScene.Branch} conflicts in: same.txt"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("merge")]
    [Arguments("squash")]
    [Arguments("rebase")]
    public async Task A_conflict_with_the_target(string strategy)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        sandbox.Write("a.txt", "the target's\n");
        await sandbox.GitAsync("add", "a.txt");
        await sandbox.GitAsync("commit", "-q", "-m", "a on main");

        var call = await scene.RefusedAsync("MERGE_CONFLICT", ["--strategy", strategy]);

        await Assert.That(call.Texts("errors").Single()).Contains("onto main conflicts in: a.txt").Or.Contains("into main conflicts in: a.txt");
    }

    [Test]
    [Arguments("edited")]
    [Arguments("staged")]
    [Arguments("removed")]
    [Arguments("intended")]
    public async Task Uncommitted_work_on_the_target_here(string how)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        switch (how)
        {
            case "edited":
                sandbox.Write("README.md", "mine\n");
                break;
            case "removed":
                File.Delete(sandbox.At("README.md"));
                break;
            default:
                sandbox.Write("README.md", "mine\n");
                sandbox.Write("new.txt", "mine\n");
                await sandbox.GitAsync(how == "staged" ? ["add", "README.md", "new.txt"] : ["add", "-N", "new.txt"]);
                break;
        }

        var error = (await scene.RefusedAsync("WORKTREE_DIRTY")).Texts("errors").Single();

        await Assert.That(error).Contains($"the worktree at {sandbox.Root} has it checked out and holds uncommitted local changes: README.md");
    }

    [Test]
    public async Task Uncommitted_work_on_the_target_elsewhere()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        string elsewhere = Path.Combine(sandbox.Top, "elsewhere");
        await sandbox.GitAsync("worktree", "add", "-q", elsewhere, "main");
        File.WriteAllText(Path.Combine(elsewhere, "README.md"), "mine\n");

        await Assert.That((await scene.RefusedAsync("WORKTREE_DIRTY")).Texts("errors").Single()).Contains(elsewhere).And.Contains("README.md");
    }

    [Test]
    [Arguments("a.txt", "a.txt")]
    [Arguments("dir", "dir/deep.txt")]
    public async Task Untracked_work_in_the_way(string mine, string landed)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, [new("lane-a", "WP01", landed, "landed\n")]);
        sandbox.Write(mine, "mine\n");

        await Assert.That((await scene.RefusedAsync("WORKTREE_DIRTY")).Texts("errors").Single()).Contains("untracked files that would be overwritten: " + landed);
    }

    [Test]
    public async Task Uncommitted_work_in_a_lanes_worktree()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await scene.CheckOutAsync("lane-b");
        File.WriteAllText(Path.Combine(scene.Worktree("lane-b"), "b.txt"), "unfinished\n");

        await Assert.That((await scene.RefusedAsync("WORKTREE_DIRTY")).Texts("errors"))
            .IsEquivalentTo([$"The worktree of {MergeScene.LaneBranch("lane-b")} at {scene.Worktree("lane-b")} holds uncommitted changes: b.txt"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_lane_without_a_branch()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await sandbox.GitAsync("branch", "-q", "-D", MergeScene.LaneBranch("lane-b"));

        await Assert.That((await scene.RefusedAsync("PREFLIGHT_FAILED")).Texts("errors"))
            .IsEquivalentTo([$"Lane branch {MergeScene.LaneBranch("lane-b")} does not exist"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(null, "lanes.json is required for 077-mission-terminology-cleanup. Run the task-finalization step to compute execution lanes.")]
    [Arguments("{", "is corrupt or malformed: malformed JSON at line 1, byte 2")]
    [Arguments("[]", "is corrupt or malformed: it is no JSON object")]
    [Arguments("""{"version": 1, "mission_slug": "x", "mission_branch": "m", "target_branch": "main", "computed_at": "", "computed_from": ""}""", "is corrupt or malformed: 'lanes'")]
    public async Task A_missing_or_corrupt_manifest(string? text, string detail)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string path = Path.Combine(scene.Mission.Directory, "lanes.json");
        if (text is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllText(path, text);
        }

        await Assert.That((await scene.RefusedAsync("LANES_INVALID")).Texts("errors").Single()).EndsWith(detail);

        var call = await scene.RefusedAsync("PREFLIGHT_FAILED", ["--target", "nowhere", "--push"]);
        await Assert.That(call.Texts("errors")[0]).EndsWith(detail);
        await Assert.That(call.Texts("errors")[1..])
            .IsEquivalentTo(["Target branch 'nowhere' does not exist locally or on origin.", "There is no remote 'origin' to push nowhere to"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("nowhere")]
    [Arguments("refs/heads/..")]
    [Arguments("-x")]
    [Arguments("main~1")]
    public async Task A_target_that_is_no_branch(string target)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);

        var call = await scene.RefusedAsync("PREFLIGHT_FAILED", ["--target=" + target]);

        await Assert.That((call.Texts("errors").Single(), call.Text("target_branch"))).IsEqualTo(($"Target branch '{target}' does not exist locally or on origin.", target));
    }

    [Test]
    public async Task A_strategy_that_there_is_not()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);

        var call = await scene.RefusedAsync("UNSUPPORTED_STRATEGY", ["--strategy", "Merge"]);

        await Assert.That((call.Text("strategy"), string.Join(' ', call.Texts("supported")))).IsEqualTo(("Merge", "merge rebase squash"));
    }

    [Test]
    public async Task All_problems_are_told_at_once()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        PlannedLane[] lanes = [new("lane-a", "WP01", "same.txt", "a\n"), new("lane-b", "WP02", "same.txt", "b\n"), new("lane-c", "WP03", "c.txt", "c\n"), new("lane-d", "WP04", "d.txt", "d\n")];
        var scene = await MergeScene.CreateAsync(sandbox, lanes, isApproved: false);
        scene.Approve("WP01", "WP02", "WP03");
        await sandbox.GitAsync("branch", "-q", "-D", MergeScene.LaneBranch("lane-c"));
        await scene.CheckOutAsync("lane-d");
        File.WriteAllText(Path.Combine(scene.Worktree("lane-d"), "d.txt"), "unfinished\n");
        sandbox.Write("README.md", "mine\n");

        string errors = string.Join('\n', (await scene.RefusedAsync("PREFLIGHT_FAILED", ["--push"])).Texts("errors"));

        await Assert.That(errors)
            .Contains("no remote 'origin'").And.Contains("lane-c does not exist").And.Contains("missing review approval: WP04")
            .And.Contains("holds uncommitted changes: d.txt").And.Contains("conflicts in: same.txt").And.Contains("uncommitted local changes: README.md");
    }

    [Test]
    public async Task Without_a_target_everything_else_is_told_too()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two, isApproved: false);
        await sandbox.GitAsync("branch", "-q", "-D", MergeScene.LaneBranch("lane-a"));
        await scene.CheckOutAsync("lane-b");
        File.WriteAllText(Path.Combine(scene.Worktree("lane-b"), "b.txt"), "unfinished\n");

        var call = await scene.RefusedAsync("PREFLIGHT_FAILED", ["--target", "nowhere"]);

        await Assert.That(string.Join('\n', call.Texts("errors")))
            .Contains("'nowhere' does not exist").And.Contains("lane-a does not exist").And.Contains("approval: WP01, WP02").And.Contains("uncommitted changes: b.txt");
    }

    [Test]
    [Arguments("merge")]
    [Arguments("cherry-pick")]
    [Arguments("rebase")]
    [Arguments("am")]
    [Arguments("bisect")]
    public async Task An_operation_that_is_not_concluded(string operation)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two, isApproved: false);
        await scene.CommitOnAsync("other", "main", "README.md", "other\n");
        string patch = Path.Combine(sandbox.Top, "patch");
        await File.WriteAllTextAsync(patch, await sandbox.GitAsync("format-patch", "-1", "--stdout", "other"));
        sandbox.Write("README.md", "main\n");
        await sandbox.GitAsync("commit", "-q", "-a", "-m", "readme");
        scene.Approve("WP01", "WP02");
        string[] command = operation switch
        {
            "am" => ["am", patch],
            "bisect" => ["bisect", "start", "main", "main~2"],
            _ => [operation, "other"],
        };
        if (operation is "rebase" or "bisect")
        {
            // Neither starts with changes in the checkout; rows of the log are such.
            string log = File.ReadAllText(scene.Mission.LogPath);
            await sandbox.GitAsync("checkout", "-q", "--", MergeScene.LogFile);
            await Spawn.RunAsync("git", command, sandbox.Root, sandbox.Environment);
            File.WriteAllText(scene.Mission.LogPath, log);
        }
        else
        {
            await Spawn.RunAsync("git", command, sandbox.Root, sandbox.Environment);
        }

        string error = string.Join('\n', (await scene.RefusedAsync("WORKTREE_DIRTY")).Texts("errors"));

        await Assert.That(error).Contains(Busy);
    }

    [Test]
    public async Task An_index_that_another_git_holds()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        sandbox.Write(".git/index.lock", "");

        var call = await scene.RefusedAsync("LOCK_TIMEOUT", variables: [("SPEC_KITTY_LOCK_TIMEOUT_MS", "100")]);

        await Assert.That(call.Message).Contains(sandbox.At(".git/index.lock"));
        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
    }

    [Test]
    [Arguments(MergeScene.Slug + ".status.lock")]
    [Arguments("repository.merge.lock")]
    public async Task A_lock_that_another_call_holds(string name)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        using var held = new HeldLock(sandbox.At(".git/spec-kitty-locks/" + name));

        await scene.RefusedAsync("LOCK_TIMEOUT", variables: [("SPEC_KITTY_LOCK_TIMEOUT_MS", "100")]);
    }

    [Test]
    public async Task A_ref_that_another_git_holds()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        sandbox.Write(".git/refs/heads/main.lock", "");

        await Assert.That((await scene.RefusedAsync("GIT_FAILED")).Message).Contains("main.lock");
    }

    [Test]
    public async Task A_hook_that_objects()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await HookAsync(sandbox, "reference-transaction", "[ \"$1\" != prepared ] || { echo not today >&2; exit 1; }\n");

        await Assert.That((await scene.RefusedAsync("GIT_FAILED")).Message).Contains("not today");
    }

    [Test]
    public async Task Nobody_to_commit_as()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        File.WriteAllText(Path.Combine(sandbox.Home, "gitconfig"), "[user]\n\tuseConfigOnly = true\n");

        await Assert.That((await scene.RefusedAsync("GIT_FAILED")).Message).Contains("user.email");
    }

    [Test]
    public async Task No_git()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);

        await Assert.That((await scene.RefusedAsync("GIT_NOT_FOUND", variables: [("PATH", sandbox.Home)])).Message).Contains("install git 2.38 or newer");
    }

    [Test]
    public async Task A_git_that_is_too_old()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string git = Path.Combine(sandbox.Home, "git");
        File.WriteAllText(git, $"#!/bin/sh\nfor word; do [ \"$word\" != version ] || {{ echo git version 2.37.9; exit; }}; done\nPATH='{sandbox.Environment["PATH"]}' exec git \"$@\"\n");
        File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await Assert.That((await scene.RefusedAsync("GIT_NOT_FOUND", variables: [("PATH", sandbox.Home + ":" + sandbox.Environment["PATH"])])).Message)
            .Contains("git 2.37 is too old");
    }

    [Test]
    public async Task No_repository()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();
        mission.WriteLanes(("lane-a", ["WP01"]));
        var before = sandbox.Tree();

        var call = (await sandbox.ApiAsync("merge-mission", "--mission", mission.Slug)).Fails("PREFLIGHT_FAILED");

        await Assert.That(call.Texts("errors").Single()).Contains("is not a git repository");
        sandbox.Tree().MustEqualButForLocks(before, "the refusal");
    }

    [Test]
    public async Task Rows_that_contradict_one_another()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string log = await sandbox.GitAsync("show", "main:" + MergeScene.LogFile);
        var row = scene.Mission.Event("WP01", "planned", "planned", Mission.SeedTime(30), ("force", true), ("reason", "one"));
        await scene.CommitOnLaneAsync("lane-a", MergeScene.LogFile, log + PythonText.Row(row) + "\n");
        row["reason"] = "another";
        await scene.CommitOnLaneAsync("lane-b", MergeScene.LogFile, log + PythonText.Row(row) + "\n");

        await Assert.That((await scene.RefusedAsync("MERGE_CONFLICT")).Message).Contains($"two different rows have the event id {row["event_id"]}");
    }

    [Test]
    public async Task A_remote_that_there_is_not()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);

        await Assert.That((await scene.RefusedAsync("PREFLIGHT_FAILED", ["--push"])).Texts("errors")).IsEquivalentTo(["There is no remote 'origin' to push main to"], CollectionOrdering.Matching);
    }

    internal static Task HookAsync(Sandbox sandbox, string name, string script)
    {
        sandbox.Write(".git/hooks/" + name, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(sandbox.At(".git/hooks/" + name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Task.CompletedTask;
    }
}
