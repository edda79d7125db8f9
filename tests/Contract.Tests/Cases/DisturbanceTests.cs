using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What the fault and kill matrices of tests/reliability found, by what went wrong.</summary>
public sealed class DisturbanceTests
{
    private const string Registered = $".git/worktrees/{CoordinatedMission.DirectoryName}-coord";

    [Test]
    public async Task A_signal_during_the_first_mutation_left_its_coordination_worktree()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        mission.Hook("pre-commit", "kill -TERM $(cut -d ' ' -f 4 /proc/$PPID/stat)\nsleep 30\n");
        string tip = await mission.TipAsync();

        var call = await StartAsync(sandbox);

        call.Fails("INTERRUPTED", status: 143);
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(Directory.Exists(mission.Worktree)).IsFalse();
        await Assert.That(Directory.Exists(sandbox.At(Registered))).IsFalse();
        await Assert.That(await mission.TipAsync()).IsEqualTo(tip);
    }

    [Test]
    public async Task A_coordination_worktree_that_was_killed_half_made_stopped_every_later_mutation()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        await HalfMakeAsync(sandbox, mission);

        (await StartAsync(sandbox)).Ok();

        await mission.IsCommittedAsync();
        await Assert.That(File.Exists(sandbox.At(Registered + "/locked"))).IsFalse();
        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task A_git_that_outlived_its_caller_checked_out_over_the_rows_of_the_next_call()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        await HalfMakeAsync(sandbox, mission);
        string mark = sandbox.At(Registered + "/locked");
        var orphan = Spawn.RunAsync("sh", ["-c", $"sleep 1; git -C '{mission.Worktree}' reset -q --hard && rm '{mark}'"], sandbox.Root, sandbox.Environment);

        (await StartAsync(sandbox)).Ok();

        await Assert.That((await orphan).ExitStatus).IsEqualTo(0);
        await mission.IsCommittedAsync();
        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task A_lane_worktree_that_was_killed_half_made_was_taken_for_somebodys_work()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        string name = $"{mission.Slug}-lane-a", worktree = sandbox.At(".worktrees/" + name);
        await sandbox.GitAsync("branch", $"kitty/mission-{mission.Slug}");
        await sandbox.GitAsync("worktree", "add", "-q", "-b", $"kitty/mission-{mission.Slug}-lane-a", worktree, $"kitty/mission-{mission.Slug}");
        File.Delete(worktree + $"/kitty-specs/{mission.Slug}/meta.json");
        sandbox.Write($".git/worktrees/{name}/locked", "initializing");

        (await sandbox.ApiWithAsync(
            [("SPEC_KITTY_CONTRACT", "1.1.0")], "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid)).Ok();

        await Assert.That(await sandbox.GitInAsync(worktree, "status", "--porcelain")).IsEmpty();
        await Assert.That(File.Exists(sandbox.At($".git/worktrees/{name}/locked"))).IsFalse();
    }

    [Test]
    [Arguments(false, "branch --no-track kitty/mission-{0} HEAD")]
    [Arguments(false, "branch --no-track kitty/mission-{0}-lane-a HEAD")]
    [Arguments(false, "worktree add -q --no-track -b kitty/mission-{0}-lane-a .worktrees/{0}-lane-a HEAD")]
    [Arguments(true, "worktree add -q .worktrees/{0}-lane-a kitty/mission-{0}-lane-a")]
    public async Task A_git_left_behind_that_made_the_lane_a_moment_before_failed_the_call(bool hasBranch, string first)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        if (hasBranch)
        {
            await sandbox.GitAsync("branch", $"kitty/mission-{mission.Slug}-lane-a");
        }

        // What the git of a killed call does between this call's look at the branches and its git's.
        string done = Path.Combine(sandbox.Home, "done");
        string command = string.Format(CultureInfo.InvariantCulture, first, mission.Slug);
        string path = WithGit(sandbox, $"""
            *" branch "*|*" worktree add "*)
              if [ ! -e '{done}' ]; then : > '{done}'; git -C '{sandbox.Root}' {command}; fi;;
            """);

        var data = (await sandbox.ApiWithAsync(
            [("SPEC_KITTY_CONTRACT", "1.1.0"), ("PATH", path)],
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid)).Ok();

        await Assert.That(File.Exists(done)).IsTrue();
        await Assert.That(await sandbox.GitInAsync(data.GetProperty("workspace_path").GetString()!, "status", "--porcelain", "--branch")).IsEqualTo($"## kitty/mission-{mission.Slug}-lane-a\n");
    }

    [Test]
    public async Task A_commit_that_met_the_index_lock_of_a_git_left_behind_failed_the_call()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        string indexLock = sandbox.At(Registered + "/index.lock");
        File.WriteAllText(indexLock, "");
        var orphan = Spawn.RunAsync("sh", ["-c", $"sleep 1; rm '{indexLock}'"], sandbox.Root, sandbox.Environment);

        (await StartAsync(sandbox)).Ok();

        await Assert.That((await orphan).ExitStatus).IsEqualTo(0);
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task A_child_whose_end_could_not_be_known_counted_as_a_success()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await Tracer.RequireAsync(sandbox);
        // Every wait fails at once, while git commit has only begun.
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-e", "trace=wait4", "-e", "inject=wait4:error=ECHILD", await PublishedExecutable.PathAsync(), "orchestrator-api",
            "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid,
        ];

        var call = new Call(argv, await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment));

        if (call.Envelope.Success)
        {
            await mission.IsCommittedAsync();
        }
        else
        {
            call.Fails("IO_FAILED");
            await Assert.That(call.Text("effect")).IsEqualTo("none");
            await Assert.That(await mission.UncommittedAsync()).IsEmpty();
        }
    }

    [Test]
    [Arguments(".git/HEAD")]
    [Arguments(".git")]
    public async Task A_repository_that_could_not_be_looked_into_counted_as_none_and_rows_went_under_another_lock(string path)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await Tracer.RequireAsync(sandbox);
        var before = sandbox.Tree();
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-P", sandbox.At(path), "-e", "trace=statx", "-e", "inject=statx:error=EACCES", await PublishedExecutable.PathAsync(), "orchestrator-api",
            "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid,
        ];

        var call = new Call(argv, await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment));

        call.Fails("IO_FAILED");
        sandbox.Tree().MustEqual(before, "the refused call");
        await Assert.That(await mission.UncommittedAsync()).IsEmpty();
    }

    [Test]
    public async Task A_full_disk_kept_the_old_status_json_from_being_put_back()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        // More than what git itself gives back when it fails.
        File.WriteAllText(mission.SnapshotPath, $"{{\"text\": \"{new string('x', 256 * 1024)}\"}}\n");
        await sandbox.CommitAsync("a large snapshot", mission.Worktree);
        mission.Hook("pre-commit", FillsTheDisk(sandbox));

        var (call, after) = await OnSmallDiskAsync(sandbox, $"git -C '{mission.Worktree}' status --porcelain", "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        call.Fails("GIT_FAILED");
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(after).IsEmpty();
    }

    [Test]
    public async Task A_lane_that_was_taken_back_left_an_empty_packed_refs_and_on_a_full_disk_its_branch()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        await sandbox.GitAsync("branch", $"kitty/mission-{mission.Slug}");
        Hook(sandbox, "post-checkout", FillsTheDisk(sandbox));
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";

        var (call, after) = await OnSmallDiskAsync(
            sandbox, "git branch --list '*-lane-*'; git worktree list --porcelain | grep lane; ls .git | grep packed-refs", "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        call.Fails("LANE_ALLOCATION_FAILED");
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(after).IsEmpty();
    }

    [Test]
    public async Task A_lane_for_which_the_disk_had_no_room_was_said_to_be_no_use_to_try_again()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        await sandbox.GitAsync("branch", $"kitty/mission-{mission.Slug}");
        // The lane's branch is there then, and its worktree has no room.
        Hook(sandbox, "reference-transaction", $"[ \"$1\" = committed ] && cat /dev/zero >'{sandbox.At("filler")}' 2>/dev/null\nexit 0\n");
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";

        var (call, after) = await OnSmallDiskAsync(
            sandbox, "git branch --list '*-lane-*'; git worktree list --porcelain | grep lane", "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await HadNoRoomAsync(call, after);
    }

    [Test]
    public async Task A_coordination_worktree_for_which_the_disk_had_no_room_was_said_to_be_no_use_to_try_again()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        sandbox.Environment["PATH"] = WithGit(sandbox, $"*\" worktree add \"*) cat /dev/zero >'{sandbox.At("filler")}' 2>/dev/null;;");

        var (call, after) = await OnSmallDiskAsync(
            sandbox, "git worktree list --porcelain | grep coord", "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await HadNoRoomAsync(call, after);
    }

    [Test]
    public async Task A_lane_branch_that_could_not_be_deleted_again_was_left_with_effect_none()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        await sandbox.GitAsync("branch", $"kitty/mission-{mission.Slug}");
        Hook(sandbox, "post-checkout", "exit 1\n");
        // Whoever wants to delete a ref is refused.
        Hook(sandbox, "reference-transaction", "[ \"$1\" = prepared ] || exit 0\nwhile read old new ref; do case $new in *[!0]*) ;; *) exit 1;; esac; done\n");
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";

        var call = (await sandbox.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid)).Fails("LANE_ALLOCATION_FAILED");

        bool isLeft = (await sandbox.GitAsync("branch", "--list", "*-lane-a")).Length > 0;
        await Assert.That(isLeft).IsTrue();
        await Assert.That(call.Text("effect")).IsEqualTo("indeterminate");
    }

    [Test]
    public async Task A_temporary_file_that_could_not_be_looked_at_stayed_beside_meta_json()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().Wp("WP01").CommitAsync();
        mission.Put("WP01", "done");
        await Tracer.RequireAsync(sandbox);
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-P", sandbox.At($"kitty-specs/{mission.Slug}/.meta.json.spec-kitty.tmp"), "-e", "trace=fcntl", "-e", "inject=fcntl:error=EMFILE:when=1", await PublishedExecutable.PathAsync(), "orchestrator-api",
            "accept-mission", "--mission", mission.Slug, "--actor", "codex",
        ];

        new Call(argv, await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment)).Ok();

        await Assert.That(string.Join(' ', Directory.GetFiles(sandbox.At("kitty-specs/" + mission.Slug), ".*.tmp"))).IsEmpty();
    }

    [Test]
    public async Task A_status_json_that_could_not_be_written_in_one_go_was_left_other_than_the_merge_had_committed_it()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await Tracer.RequireAsync(sandbox);
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-P", sandbox.At($"kitty-specs/{scene.Mission.Slug}/.status.json.spec-kitty.tmp"), "-e", "trace=write,pwrite64", "-e", "inject=write,pwrite64:error=EIO:when=1",
            await PublishedExecutable.PathAsync(), "orchestrator-api", "merge-mission", "--mission", scene.Mission.Slug,
        ];

        new Call(argv, await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment)).Ok();

        await Assert.That(await sandbox.GitAsync("status", "--porcelain", "kitty-specs")).IsEmpty();
    }

    [Test]
    [Arguments("index.lock")]
    [Arguments("spec-kitty.lock")]
    public async Task A_lock_of_the_index_that_could_not_be_removed_in_one_go_outlived_the_merge(string name)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await Tracer.RequireAsync(sandbox);
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-P", sandbox.At(".git/" + name), "-e", "trace=unlinkat", "-e", "inject=unlinkat:error=EIO:when=1",
            await PublishedExecutable.PathAsync(), "orchestrator-api", "merge-mission", "--mission", scene.Mission.Slug,
        ];

        new Call(argv, await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment)).Ok();

        await Assert.That(Directory.GetFiles(sandbox.At(".git"), "*.lock").Select(Path.GetFileName)).IsEmpty();
    }

    [Test]
    public async Task A_signal_as_git_made_its_index_lock_left_the_lock_in_the_users_checkout()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await Tracer.RequireAsync(sandbox);
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        // A git that has made the lock file, and for a moment has not taken note of it yet; then comes the signal.
        string indexLock = sandbox.At(".git/index.lock");
        string path = WithGit(sandbox, $"""
            *" commit "*)
              ( while [ ! -e '{indexLock}' ]; do sleep 0.01; done; kill -TERM $PPID ) &
              exec strace -qq -o /dev/null -P '{indexLock}' -e trace=openat -e inject=openat:delay_exit=500000 git "$@";;
            """);

        var call = await sandbox.ApiWithAsync([("PATH", path)], "append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", "n");

        await Assert.That(File.Exists(indexLock)).IsFalse();
        await Assert.That(call.Ok().GetProperty("committed").GetBoolean()).IsTrue();
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEmpty();
    }

    [Test]
    public async Task A_caller_that_believed_retryable_would_have_tried_a_refusing_hook_for_ever()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        mission.Hook("pre-commit", "exit 1\n");

        await IsLastingAsync((await StartAsync(sandbox)).Fails("GIT_FAILED"));
    }

    [Test]
    public async Task A_caller_that_believed_retryable_would_have_tried_for_ever_to_commit_as_nobody()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await CoordinatedMission.CreateAsync(sandbox);
        File.WriteAllText(Path.Combine(sandbox.Home, "gitconfig"), "[user]\n\tuseConfigOnly = true\n");

        await IsLastingAsync((await StartAsync(sandbox)).Fails("GIT_FAILED"));
    }

    [Test]
    public async Task A_meta_json_that_could_not_be_read_for_a_moment_let_a_call_with_a_key_change_something_without_a_record()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().Wp("WP01").Wp("WP02").CommitAsync();
        await Tracer.RequireAsync(sandbox);
        string[] call = ["orchestrator-api", "claim-next", "--mission", mission.Slug, "--actor", "codex", "--policy", Policy.Valid, "--idempotency-key", "k"];
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-P", sandbox.At($"kitty-specs/{mission.Slug}/meta.json"), "-e", "trace=read", "-e", "inject=read:error=EIO:when=1",
            await PublishedExecutable.PathAsync(), .. call,
        ];

        await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment);
        (await sandbox.RunAsync(sandbox.Root, call, [])).Ok();

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
        await Assert.That(await mission.LaneAsync("WP02")).IsEqualTo("planned");
    }

    [Test]
    public async Task A_git_that_a_limit_on_file_sizes_ended_left_the_lock_of_its_branch()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        await sandbox.GitAsync("branch", $"kitty/mission-{mission.Slug}");
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";
        string[] argv =
        [
            "-c", "ulimit -f 0 && exec \"$@\"", "sh", await PublishedExecutable.PathAsync(), "orchestrator-api",
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid,
        ];

        var call = new Call(argv, await Spawn.RunAsync("/bin/sh", argv, sandbox.Root, sandbox.Environment)).Fails("GIT_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(Directory.GetFiles(sandbox.At(".git"), "*.lock", SearchOption.AllDirectories).Where(f => !f.Contains("spec-kitty-locks", StringComparison.Ordinal)).Select(Path.GetFileName)).IsEmpty();
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task What_an_ended_git_left_of_a_worktree_was_for_the_user_to_remove(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = isCoordinated ? (await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false)).Mission : await LanesMission.CreateAsync(sandbox);
        string worktree = isCoordinated ? sandbox.At($".worktrees/{CoordinatedMission.DirectoryName}-coord") : LanesMission.Worktree(sandbox, "lane-a");
        // Its checkout wrote on as it cleaned up.
        string path = WithGit(sandbox, $"""
            *" worktree add "*) mkdir -p '{worktree}/kitty-specs'; : > '{worktree}/kitty-specs/late'; exit 128;;
            """);
        string[] start = ["start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid];

        var call = await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", "1.1.0"), ("PATH", path)], start);

        await Assert.That(call.Envelope.Success).IsFalse();
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(Directory.Exists(worktree)).IsFalse();
        (await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", "1.1.0")], start)).Ok();
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_git_that_was_at_a_worktree_when_a_signal_came_was_ended_at_once_and_left_a_lock(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        _ = isCoordinated ? (await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false)).Mission : await LanesMission.CreateAsync(sandbox);
        string ended = Path.Combine(sandbox.Home, "ended");
        string path = WithGit(sandbox, $"""
            *" worktree add "*) kill -TERM $PPID; sleep 0.1; git "$@" && : > '{ended}'; exit;;
            """);

        var call = (await sandbox.ApiWithAsync(
            [("SPEC_KITTY_CONTRACT", "1.1.0"), ("PATH", path)],
            "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid)).Fails("INTERRUPTED", status: 143);

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(File.Exists(ended)).IsTrue();
        await Assert.That((await sandbox.GitAsync("worktree", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length).IsEqualTo(1);
    }

    [Test]
    [Arguments("ls-files", "WP01")]
    [Arguments("status", "WP02")]
    [Arguments("rev-parse", "WP03")]
    [Arguments("merge", "WP03")]
    public async Task A_git_that_was_killed_at_a_lane_was_called_a_dirty_worktree_or_a_conflict(string command, string wp)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";
        (await mission.StartAsync("WP04")).Ok();
        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "a\n");
        foreach (string ready in (string[])["WP01", "WP02"])
        {
            mission.Put(ready, wp == "WP03" ? "approved" : "planned");
        }

        // One that was never filled, and one that was made by hand.
        if (command == "ls-files")
        {
            await sandbox.GitAsync("worktree", "remove", LanesMission.Worktree(sandbox, "lane-a"));
            await sandbox.GitAsync("worktree", "add", "-q", "--no-checkout", LanesMission.Worktree(sandbox, "lane-a"), LanesMission.LaneBranch("lane-a"));
        }

        await sandbox.GitAsync("worktree", "add", "-q", "-b", LanesMission.LaneBranch("lane-b"), LanesMission.Worktree(sandbox, "lane-b"), LanesMission.Branch);
        string path = WithGit(sandbox, $"""
            *" {command} "*) case " $* " in *" --is-ancestor "*) ;; *) kill -KILL $$;; esac;;
            """);
        string[] start = ["start-implementation", "--mission", mission.Slug, "--wp", wp, "--actor", "codex", "--policy", Policy.Valid];

        var call = (await sandbox.ApiWithAsync([("PATH", path)], start)).Fails("GIT_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        (await sandbox.ApiAsync(start)).Ok();
    }

    [Test]
    [Arguments("merge-file")]
    [Arguments("remote")]
    [Arguments("read-tree")]
    public async Task A_git_that_was_killed_at_a_merge_lost_a_lanes_change_or_was_taken_for_an_answer(string command)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        string origin = Path.Combine(sandbox.Top, "origin.git");
        await sandbox.GitAsync("init", "-q", "--bare", origin);
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await sandbox.GitAsync("remote", "add", "origin", origin);
        string file = $"kitty-specs/{MergeScene.Slug}/tasks/WP01-do-the-thing.md", text = MissionBuilder.TaskFile("WP01");
        await scene.CommitOnLaneAsync("lane-a", file, text.Replace("# ", "# Better: ", StringComparison.Ordinal));
        sandbox.Write(file, text + "- a note\n");
        string done = Path.Combine(sandbox.Home, "done");
        string path = WithGit(sandbox, $"""
            *" {command} "*) if [ ! -e '{done}' ]; then : > '{done}'; kill -KILL $$; fi;;
            """);

        var call = (await scene.MergeWithAsync([("PATH", path)], "--push")).Fails("GIT_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        (await scene.MergeAsync("--push")).Ok();
        await Assert.That(await sandbox.GitAsync("show", "main:" + file)).Contains("# Better: ").And.EndsWith("- a note\n");
    }

    [Test]
    public async Task A_merge_that_somebodys_file_keeps_from_being_finished_was_worth_trying_again_and_a_file_that_could_not_be_looked_at_absent()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string path = WithGit(sandbox, """
            *" read-tree "*) kill -KILL $PPID; exit 1;;
            """);
        await scene.MergeWithAsync([("PATH", path)]);
        sandbox.Write("b.txt", "mine\n");

        var dirty = (await scene.MergeAsync()).Fails("WORKTREE_DIRTY");
        var unread = (await UnreadAsync(sandbox, sandbox.At("b.txt"), "statx", 1, "merge-mission", "--mission", MergeScene.Slug)).Fails("IO_FAILED");

        await Assert.That((dirty.Text("effect"), unread.Text("effect"))).IsEqualTo(("committed", "committed"));
        await Assert.That(dirty.Message).Contains("b.txt");
        await Assert.That(dirty.Data.GetProperty("retryable").GetBoolean()).IsFalse();
        await Assert.That(unread.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(sandbox.Read("b.txt")).IsEqualTo("mine\n");
        File.Delete(sandbox.At("b.txt"));
        (await scene.MergeAsync()).Ok();
        await scene.IsLandedAsync();
    }

    [Test]
    [Arguments("worktree add", "wait4", 1)]
    [Arguments("sparse-checkout", "write", 1)]
    public async Task A_git_that_could_not_be_waited_for_or_written_to_was_ended_at_once_and_left_a_lock(string command, string systemCall, int number)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await CoordinatedMission.CreateAsync(sandbox, lanes: CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan));
        await Tracer.RequireAsync(sandbox);
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";
        string ended = Path.Combine(sandbox.Home, "ended");
        sandbox.Environment["PATH"] = WithGit(sandbox, $"""
            *" {command} "*) sleep 0.1; : > '{ended}';;
            """);
        string[] argv =
        [
            "-qqq", "-o", "/dev/null", "-e", "trace=" + systemCall, "-e", string.Create(CultureInfo.InvariantCulture, $"inject={systemCall}:error=EIO:when={number}"),
            await PublishedExecutable.PathAsync(), "orchestrator-api", "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid,
        ];

        var call = new Call(argv, await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment)).Fails("IO_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(File.Exists(ended)).IsTrue();
    }

    [Test]
    [Arguments(".git/spec-kitty", "openat2", 2)]
    [Arguments(".git/spec-kitty", "getdents64", 1)]
    [Arguments($".git/spec-kitty/merge-{MergeScene.Slug}.journal", "read", 1)]
    public async Task A_half_done_merge_of_another_mission_that_could_not_be_looked_at_counted_as_none(string file, string systemCall, int number)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await Tracer.RequireAsync(sandbox);
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        var other = sandbox.Mission("002-other").Wp("WP01").Write();
        other.WriteLanes(("lane-a", ["WP01"]));
        other.Put("WP01", "approved");
        await sandbox.CommitAsync("another mission");
        // Killed as it is about to say that it is done; the first removal is of what an earlier one may have left.
        string journal = sandbox.At($".git/spec-kitty/merge-{MergeScene.Slug}.journal");
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-P", journal, "-e", "trace=?unlink,unlinkat", "-e", "inject=?unlink,unlinkat:signal=KILL:when=2",
            await PublishedExecutable.PathAsync(), "orchestrator-api", "merge-mission", "--mission", MergeScene.Slug,
        ];
        await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment);
        await Assert.That(File.Exists(journal)).IsTrue();
        string[] merge = ["merge-mission", "--mission", other.Slug];
        string refusal = $"A merge of mission '{MergeScene.Slug}' was ended half-way";

        await Assert.That((await sandbox.ApiAsync(merge)).Fails("PREFLIGHT_FAILED").Message).Contains(refusal);
        var call = (await UnreadAsync(sandbox, sandbox.At(file), systemCall, number, merge)).Fails("IO_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        (await scene.MergeAsync()).Ok();
        await Assert.That((await sandbox.ApiAsync(merge)).Message).DoesNotContain(refusal);
    }

    [Test]
    public async Task What_git_said_was_taken_for_whole_where_it_could_not_be_read_to_its_end()
    {
        string[] start = ["start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid];
        using var twin = await LaneToMakeAsync();
        using var sandbox = await LaneToMakeAsync();
        await Tracer.RequireAsync(sandbox);
        var (_, undisturbed) = await TraceReadsAsync(twin, "trace=read", start);
        int broken = 0;
        for (int number = Array.FindIndex(undisturbed, IsOfGit); number < undisturbed.Length; number++)
        {
            var (call, reads) = await TraceReadsAsync(sandbox, string.Create(CultureInfo.InvariantCulture, $"inject=read:error=ENOSPC:when={number + 1}"), start);
            if (reads.Length <= number || !IsOfGit(reads[number]))
            {
                continue;
            }

            call.Fails("IO_FAILED");
            await Assert.That(call.Text("effect")).IsEqualTo("none");
            await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
            broken++;
        }

        await Assert.That(broken).IsGreaterThan(3);

        static bool IsOfGit(string read) => read.Contains("<pipe:", StringComparison.Ordinal);

        static async Task<Sandbox> LaneToMakeAsync()
        {
            var sandbox = await Sandbox.WithGitAsync();
            await CoordinatedMission.CreateAsync(sandbox, lanes: CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan));
            sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";
            return sandbox;
        }
    }

    [Test]
    public async Task A_git_that_could_not_be_asked_any_more_counted_as_one_that_does_not_know_the_files()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await Tracer.RequireAsync(sandbox);
        mission.Hook("pre-commit", "sleep 20");
        sandbox.Environment["SPEC_KITTY_DEADLINE_MS"] = "6000";

        var (call, lines) = await Tracer.TraceAsync(sandbox, "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        call.Fails("DEADLINE_EXCEEDED");
        await Assert.That(Tracer.GitCommands(lines)).Contains("commit");
        // Which the call would have staged, had it not been killed in time.
        await Assert.That(Tracer.GitCommands(lines)).DoesNotContain("add");
    }

    [Test]
    public async Task A_git_that_could_not_be_executed_left_it_open_whether_a_lane_was_made()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        await sandbox.GitAsync("branch", $"kitty/mission-{mission.Slug}");
        // A program that the kernel does not take for one.
        string programs = Directory.CreateDirectory(Path.Combine(sandbox.Home, "programs")).FullName, git = Path.Combine(programs, "git");
        File.WriteAllText(git, "\u007fELF");
        File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var call = (await sandbox.ApiWithAsync(
            [("SPEC_KITTY_CONTRACT", "1.1.0"), ("PATH", programs)],
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid)).Fails("IO_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(await sandbox.GitAsync("branch", "--list", "*-lane-a")).IsEmpty();
    }

    [Test]
    public async Task A_metadata_yaml_that_could_not_be_read_for_a_moment_was_called_a_version_to_upgrade()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        sandbox.Write(".kittify/metadata.yaml", "spec_kitty:\n  schema_version: 3\n");

        var call = (await UnreadAsync(sandbox, ".kittify/metadata.yaml", "read", 1, "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid))
            .Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(call.Text("message")).Contains(".kittify/metadata.yaml");
    }

    [Test]
    [Arguments("openat2")]
    [Arguments("read")]
    public async Task A_task_file_that_could_not_be_read_for_a_moment_was_called_broken(string systemCall)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        string file = $"kitty-specs/{mission.Slug}/tasks/WP01-do-the-thing.md";

        var call = (await UnreadAsync(sandbox, file, systemCall, 1, "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid)).Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(call.Text("message")).Contains(file);
    }

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    public async Task A_task_file_that_could_not_be_read_for_a_moment_made_a_merge_name_nobody_as_the_reviewer(int number)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string file = $"kitty-specs/{scene.Mission.Slug}/tasks/WP01-do-the-thing.md";
        sandbox.Write(file, "---\nwork_package_id: WP01\ndependencies: []\nreview_status: approved\nreviewed_by: rhea\n---\n");
        await sandbox.CommitAsync("approved by rhea");

        (await UnreadAsync(sandbox, file, "openat2", number, "merge-mission", "--mission", scene.Mission.Slug)).Fails("IO_FAILED");
        (await scene.MergeAsync()).Ok();

        await Assert.That(await sandbox.GitAsync("show", "main:" + MergeScene.LogFile)).Contains("\"reviewer\": \"rhea\"");
    }

    [Test]
    [Arguments(".github/workflows", "statx", 1)]
    [Arguments("workflow-evidence.md", "openat2", 1)]
    [Arguments("meta.json", "openat2", 2)]
    public async Task What_an_acceptance_could_not_read_for_a_moment_counted_as_not_there_or_broken(string name, string systemCall, int number)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().Wp("WP01").CommitAsync();
        mission.Put("WP01", "approved");
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write(".github/workflows/ci.yml", "on: push\n");
        await sandbox.CommitAsync("workflow");
        mission.Write("workflow-evidence.md", "Run ID: 12345\n");
        string file = name.Contains('/', StringComparison.Ordinal) ? name : $"kitty-specs/{mission.Slug}/{name}";

        var call = (await UnreadAsync(sandbox, file, systemCall, number, "accept-mission", "--mission", mission.Slug, "--actor", "boss")).Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(call.Text("message")).Contains(file);
    }

    [Test]
    [Arguments(3)]
    [Arguments(4)]
    public async Task A_changed_task_file_that_could_not_be_looked_at_for_a_moment_was_deleted_by_the_merge_or_left_out(int number)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string file = $"kitty-specs/{scene.Mission.Slug}/tasks/WP01-do-the-thing.md";
        File.AppendAllText(sandbox.At(file), "a note\n");

        (await UnreadAsync(sandbox, file, "statx", number, "merge-mission", "--mission", scene.Mission.Slug)).Fails("IO_FAILED");
        (await scene.MergeAsync()).Ok();

        await Assert.That(await sandbox.GitAsync("show", "main:" + file)).EndsWith("a note\n");
    }

    [Test]
    public async Task A_batch_whose_input_could_not_be_read_for_a_moment_was_called_a_mistake_in_its_usage()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        await Tracer.RequireAsync(sandbox);
        sandbox.Write("calls", $"[\"mission-state\", \"--mission\", \"{mission.Slug}\"]\n");
        string[] argv =
        [
            "-c", $"exec strace -qqq -o /dev/null -P '{sandbox.At("calls")}' -e trace=read -e inject=read:error=EIO:when=1 '{await PublishedExecutable.PathAsync()}' orchestrator-api batch <calls",
        ];

        var call = new Call(argv, await Spawn.RunAsync("sh", argv, sandbox.Root, sandbox.Environment)).Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
    }

    /// <summary>The level says which lanes ask for what, and whether a note is a row: a call served at another one would have passed a gate, or edited a file.</summary>
    [Test]
    [Arguments("contract-version")]
    [Arguments("append-history", "--mission", "001-demo", "--wp", "WP01", "--actor", "codex", "--note", "n")]
    [Arguments("append-history", "--mission", "001-demo", "--wp", "WP01", "--actor", "codex", "--note", "n", "--idempotency-key", "k")]
    public async Task A_configuration_that_could_not_be_read_for_a_moment_was_taken_for_none(params string[] argv)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Mission("001-demo").Write();
        sandbox.Write(".kittify/config.yaml", "orchestrator_api:\n  contract: 1.3.0\n");
        await sandbox.CommitAsync("mission");
        var before = sandbox.Tree();

        var call = (await UnreadAsync(sandbox, ".kittify/config.yaml", "openat2", 1, argv)).Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(call.Message).Contains(".kittify/config.yaml");
        sandbox.Tree().MustEqual(before, "a refused call");
    }

    [Test]
    public async Task Protected_branches_that_could_not_be_read_for_a_moment_were_those_of_a_project_that_names_none()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        sandbox.Write(".kittify/config.yaml", "policy:\n  protected_branches: [release]\n");
        await sandbox.CommitAsync("mission");
        await sandbox.GitAsync("checkout", "-q", "-b", "release");
        string tip = await sandbox.GitAsync("rev-parse", "HEAD");

        // The first reading is for the level.
        var call = (await UnreadAsync(sandbox, ".kittify/config.yaml", "openat2", 2, "append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", "n")).Fails("IO_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(await sandbox.GitAsync("rev-parse", "HEAD")).IsEqualTo(tip);
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    public async Task A_file_that_an_option_names_and_that_could_not_be_read_for_a_moment_was_a_mistake_in_the_usage()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        sandbox.Write("note", "a note\n");
        string[] argv = ["append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", "@note"];
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.3.0";

        foreach (string systemCall in new[] { "openat", "read" })
        {
            var call = (await UnreadAsync(sandbox, "note", systemCall, 1, argv)).Fails("IO_FAILED");
            await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        }

        (await sandbox.ApiAsync(argv)).Ok();
    }

    [Test]
    public async Task A_copy_of_the_log_that_could_not_be_read_for_a_moment_was_left_out_of_the_merge()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await MergeCoordinationTests.ApprovedAsync(sandbox, CoordinatedMission.Branch);

        // The first of that name is the coordination worktree's.
        var call = (await UnreadAsync(sandbox, CoordinatedMission.StatusFiles[0], "openat2", 2, "merge-mission", "--mission", CoordinatedMission.DirectoryName)).Fails("IO_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await mission.IsCommittedAsync();
    }

    [Test]
    [Arguments(".git", "openat2", 2)]
    [Arguments(Registered, "openat", 2)]
    [Arguments(Registered + "/HEAD", "read", 2)]
    public async Task A_coordination_worktree_that_could_not_be_looked_at_for_a_moment_was_to_be_removed_by_hand(string file, string systemCall, int number)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);

        var call = (await UnreadAsync(sandbox, file, systemCall, number, "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid)).Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(call.Text("message")).Contains(CoordinatedMission.DirectoryName + "-coord");
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task A_log_that_could_not_be_looked_at_for_a_moment_was_called_lost()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await CoordinatedMission.CreateAsync(sandbox);
        string log = $".worktrees/{CoordinatedMission.DirectoryName}-coord/{CoordinatedMission.StatusFiles[0]}";

        var call = (await UnreadAsync(sandbox, log, "statx", 2, "transition", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "codex", "--policy", Policy.Valid)).Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
    }

    [Test]
    public async Task A_lane_that_could_not_be_looked_at_for_a_moment_had_no_commit_to_review()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.1.0";
        var mission = await LanesMission.CreateAsync(sandbox);
        (await mission.StartAsync("WP01")).Ok();
        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "a\n");
        string[] review =
        [
            "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "for_review", "--actor", "codex", "--policy", Policy.Valid, "--subtasks-complete", "--implementation-evidence-present",
        ];

        var call = (await UnreadAsync(sandbox, $".git/worktrees/{CoordinatedMission.DirectoryName}-lane-a/HEAD", "read", 1, review)).Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
    }

    [Test]
    public async Task A_packed_branch_that_could_not_be_read_for_a_moment_was_missing()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await sandbox.GitAsync("pack-refs", "--all");

        (await UnreadAsync(sandbox, "packed-refs", "openat2", 1, "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid)).Ok();

        await mission.IsCommittedAsync();
    }

    [Test]
    [Arguments("worktrees", "openat2")]
    [Arguments("gitdir", "openat2")]
    [Arguments("{root}/.git/MERGE_HEAD", "statx")]
    public async Task What_a_merge_could_not_look_at_for_a_moment_in_a_checkout_counted_as_not_there(string file, string systemCall)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "other", Path.Combine(sandbox.Top, "other"));

        var call = (await UnreadAsync(sandbox, file.Replace("{root}", sandbox.Root, StringComparison.Ordinal), systemCall, 1, "merge-mission", "--mission", scene.Mission.Slug)).Fails("IO_FAILED");

        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(call.Text("effect")).IsEqualTo("none");
    }

    [Test]
    [Arguments("kitty-specs/" + CoordinatedMission.DirectoryName, "fsync")]
    [Arguments("{root}/kitty-specs/" + CoordinatedMission.DirectoryName + "/.status.json.spec-kitty.tmp", "fsync")]
    public async Task A_coordinated_merge_that_was_stopped_behind_its_refs_could_not_be_finished(string file, string systemCall)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await MergeCoordinationTests.ApprovedAsync(sandbox, CoordinatedMission.Branch);

        var call = (await UnreadAsync(sandbox, file.Replace("{root}", sandbox.Root, StringComparison.Ordinal), systemCall, 1, "merge-mission", "--mission", CoordinatedMission.DirectoryName)).Fails("IO_FAILED");
        (await sandbox.ApiAsync("merge-mission", "--mission", CoordinatedMission.DirectoryName)).Ok();

        await Assert.That(call.Text("effect")).IsEqualTo("indeterminate");
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEmpty();
        await Assert.That(Directory.GetFiles(sandbox.At(".git"), "*.lock").Select(Path.GetFileName)).IsEmpty();
        await Assert.That(Directory.Exists(sandbox.At($".worktrees/{CoordinatedMission.DirectoryName}-coord"))).IsFalse();
    }

    [Test]
    public async Task A_worktree_that_could_not_be_looked_at_in_one_go_outlived_the_merge()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await MergeCoordinationTests.ApprovedAsync(sandbox, CoordinatedMission.Branch);
        string worktree = sandbox.At($".worktrees/{CoordinatedMission.DirectoryName}-coord");

        (await UnreadAsync(sandbox, worktree + "/kitty-specs", "getdents64", 3, "merge-mission", "--mission", CoordinatedMission.DirectoryName)).Ok();

        await Assert.That(Directory.Exists(worktree)).IsFalse();
    }

    /// <summary>Each look at it fails in turn, the removal's among them. What is kept is named, and goes with the next call.</summary>
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    [Arguments(4)]
    [Arguments(5)]
    public async Task A_worktree_that_could_not_be_looked_at_counted_as_gone_and_was_said_to_be_removed(int number)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await MergeCoordinationTests.ApprovedAsync(sandbox, CoordinatedMission.Branch);
        string worktree = sandbox.At($".worktrees/{CoordinatedMission.DirectoryName}-coord");
        string[] merge = ["merge-mission", "--mission", CoordinatedMission.DirectoryName];

        var call = await UnreadAsync(sandbox, worktree, "statx", number, merge);

        if (!call.Envelope.Success)
        {
            await Assert.That(call.Text("effect")).IsEqualTo("none");
        }
        else if (Directory.Exists(worktree))
        {
            await Assert.That(call.Data.GetProperty("kept_worktrees").EnumerateArray().Select(static path => path.GetString())).Contains(worktree);
        }
        else
        {
            await Assert.That(call.Data.GetProperty("worktree_removed").GetBoolean()).IsTrue();
        }

        (await sandbox.ApiAsync(merge)).Ok();
        await Assert.That(Directory.Exists(worktree)).IsFalse();
        await Assert.That(await sandbox.GitAsync("worktree", "list", "--porcelain")).DoesNotContain(worktree);
    }

    [Test]
    public async Task A_refused_call_forgot_the_registration_of_a_worktree_that_it_had_no_place_for()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await CoordinatedMission.CreateAsync(sandbox);
        Directory.Delete(sandbox.At(".worktrees"), recursive: true);
        sandbox.Write(".worktrees", "no directory\n");

        var call = (await StartAsync(sandbox)).Fails("STATUS_READ_PATH_NOT_FOUND");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(Directory.Exists(sandbox.At(Registered))).IsTrue();
    }

    /// <summary>Makes a call of which one system call on a file of the project fails with EIO, once.</summary>
    private static async Task<Call> UnreadAsync(Sandbox sandbox, string file, string systemCall, int number, params string[] argv)
    {
        await Tracer.RequireAsync(sandbox);
        string[] whole =
        [
            "-qqq", "-o", "/dev/null", "-P", file, "-e", "trace=" + systemCall, "-e", string.Create(CultureInfo.InvariantCulture, $"inject={systemCall}:error=EIO:when={number}"),
            await PublishedExecutable.PathAsync(), "orchestrator-api", .. argv,
        ];
        return new Call(whole, await Spawn.RunAsync("strace", whole, sandbox.Root, sandbox.Environment));
    }

    /// <summary>A call, and each read of its main thread.</summary>
    private static async Task<(Call Call, string[] Reads)> TraceReadsAsync(Sandbox sandbox, string what, string[] argv)
    {
        string trace = Path.Combine(sandbox.Home, "trace");
        string[] whole = ["-qqq", "-y", "-o", trace, "-e", "signal=none", "-e", "trace=read", "-e", what, await PublishedExecutable.PathAsync(), "orchestrator-api", .. argv];
        var call = new Call(whole, await Spawn.RunAsync("strace", whole, sandbox.Root, sandbox.Environment));
        return (call, File.ReadAllLines(trace));
    }

    /// <summary>git found the disk full: that may be tried again, and nothing is left.</summary>
    private static async Task HadNoRoomAsync(Call call, string after)
    {
        call.Fails("GIT_FAILED");
        await Assert.That(call.Message).Contains("No space left on device");
        await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsTrue();
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(after).IsEmpty();
    }

    private static async Task IsLastingAsync(Call call) => await Assert.That(call.Data.GetProperty("retryable").GetBoolean()).IsFalse();

    private static string FillsTheDisk(Sandbox sandbox) => $"cat /dev/zero >'{sandbox.At("filler")}' 2>/dev/null\nexit 1\n";

    /// <summary>A PATH with a git before the true one, that looks at its arguments first: branches of a shell's case.</summary>
    private static string WithGit(Sandbox sandbox, string branches)
    {
        string git = Path.Combine(sandbox.Home, "git"), path = sandbox.Environment["PATH"];
        File.WriteAllText(git, $"""
            #!/bin/sh
            PATH='{path}'
            case " $* " in
            {branches}
            esac
            exec git "$@"

            """);
        File.SetUnixFileMode(git, (UnixFileMode)0b111_101_101);
        return sandbox.Home + ":" + path;
    }

    private static void Hook(Sandbox sandbox, string name, string script)
    {
        sandbox.Write(".git/hooks/" + name, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(sandbox.At(".git/hooks/" + name), (UnixFileMode)0b111_101_101);
    }

    /// <summary>Makes a call in a project that lies on a small disk, and tells what a command says there once the disk has room again.</summary>
    private static async Task<(Call Call, string After)> OnSmallDiskAsync(Sandbox sandbox, string command, params string[] argv)
    {
        const string Script = """
            top=$1; root=$2; after=$3; shift 3
            cp -a "$root" "$top/copy" && mount -t tmpfs -o size=8m none "$root" && cp -a "$top/copy/." "$root" && cd "$root" || exit 99
            "$@"; status=$?
            rm -f filler
            eval "$after" >"$top/after" 2>&1
            exit $status
            """;
        string[] whole =
        [
            Environment.IsPrivilegedProcess ? "-m" : "-rm", "sh", "-c", Script, "sh", sandbox.Top, sandbox.Root, command, await PublishedExecutable.PathAsync(), "orchestrator-api", .. argv,
        ];
        var call = new Call(whole, await Spawn.RunAsync("unshare", whole, sandbox.Top, sandbox.Environment));
        return (call, File.ReadAllText(Path.Combine(sandbox.Top, "after")));
    }

    private static Task<Call> StartAsync(Sandbox sandbox) =>
        sandbox.ApiAsync("start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

    /// <summary>What <c>git worktree add</c> leaves when it is killed before it checks out: registered, locked, without files.</summary>
    private static async Task HalfMakeAsync(Sandbox sandbox, CoordinatedMission mission)
    {
        await sandbox.GitAsync("worktree", "add", "-q", "--no-checkout", mission.Worktree, CoordinatedMission.Branch);
        sandbox.Write(Registered + "/locked", "initializing");
    }
}
