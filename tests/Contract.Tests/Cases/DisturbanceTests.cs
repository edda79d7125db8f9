using System.IO;
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
    public async Task A_repository_that_could_not_be_looked_into_counted_as_none_and_rows_went_under_another_lock()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await Tracer.RequireAsync(sandbox);
        var before = sandbox.Tree();
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-P", sandbox.At(".git/HEAD"), "-e", "trace=statx", "-e", "inject=statx:error=EACCES", await PublishedExecutable.PathAsync(), "orchestrator-api",
            "start-implementation", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid,
        ];

        var call = new Call(argv, await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment));

        call.Fails("IO_FAILED");
        sandbox.Tree().MustEqual(before, "the refused call");
        await Assert.That(await mission.UncommittedAsync()).IsEmpty();
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
