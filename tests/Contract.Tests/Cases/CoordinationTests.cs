using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>A mission with a coordination branch: where its rows are read, how they are written and committed (DESIGN §8, §11; HOST §3).</summary>
public sealed class CoordinationTests
{
    [Test]
    public async Task Reads_answer_from_the_worktree_and_spawn_nothing()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await mission.PutAsync("WP01", "approved");
        await Tracer.RequireAsync(sandbox);
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.2.0";
        var before = sandbox.Tree();

        string[][] reads =
        [
            ["mission-state", "--mission", CoordinatedMission.DirectoryName],
            ["list-ready", "--mission", CoordinatedMission.DirectoryName],
            ["resolve-workspace", "--mission", CoordinatedMission.DirectoryName, "--wp", "WP01"],
        ];
        foreach (var argv in reads)
        {
            var (call, lines) = await Tracer.TraceAsync(sandbox, argv);
            call.Ok();
            await Assert.That(string.Join('\n', Tracer.Programs(lines))).IsEqualTo("");
        }

        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("approved");
        await Assert.That(await mission.Mission.ReadyIdsAsync()).IsEqualTo("WP02");
        sandbox.Tree().MustEqual(before, "a read");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Without_the_worktree_reads_answer_from_the_branch_by_one_process_at_most_and_add_nothing(bool isPacked)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await mission.PutAsync("WP01", "approved");
        await mission.DematerializeAsync();
        if (isPacked)
        {
            await sandbox.GitAsync("pack-refs", "--all");
        }

        await Tracer.RequireAsync(sandbox);
        var before = sandbox.Tree();

        foreach (var command in new[] { "mission-state", "list-ready" })
        {
            var (call, lines) = await Tracer.TraceAsync(sandbox, command, "--mission", CoordinatedMission.DirectoryName);
            await Assert.That(call.Ok().TryGetProperty("warnings", out _)).IsFalse();
            await Assert.That(Tracer.Programs(lines).Length).IsEqualTo(1);
        }

        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("approved");
        await Assert.That(await mission.Mission.ReadyIdsAsync()).IsEqualTo("WP02");
        sandbox.Tree().MustEqual(before, "a read");
    }

    [Test]
    public async Task Without_the_branch_reads_answer_from_the_primary_checkout_with_a_warning_and_mutations_refuse()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        await sandbox.GitAsync("branch", "-q", "-D", CoordinatedMission.Branch);
        mission.Mission.Put("WP01", "approved");

        var state = await mission.Mission.StateAsync();

        await Assert.That(string.Join('\n', state.Texts("warnings"))).Contains(CoordinatedMission.Branch);
        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("approved");
        await Assert.That(await mission.Mission.ReadyIdsAsync()).IsEqualTo("WP02");
        await RefusesAsync(sandbox, mission, CoordinatedMission.Branch);
        await Assert.That(Directory.Exists(mission.Worktree)).IsFalse();
    }

    [Test]
    public async Task A_worktree_whose_branch_is_gone_refuses_mutations()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await sandbox.GitAsync("update-ref", "-d", $"refs/heads/{CoordinatedMission.Branch}");

        await RefusesAsync(sandbox, mission, CoordinatedMission.Branch);
    }

    [Test]
    [Arguments("empty")]
    [Arguments("files")]
    [Arguments("clone")]
    [Arguments("file")]
    public async Task A_husk_refuses_mutations_and_reads_answer_from_the_branch_with_a_warning(string kind)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await mission.PutAsync("WP01", "approved");
        await mission.DematerializeAsync();
        switch (kind)
        {
            case "clone":
                await sandbox.GitAsync("clone", "-q", sandbox.Root, mission.Worktree);
                await sandbox.GitInAsync(mission.Worktree, "checkout", "-q", CoordinatedMission.Branch);
                break;
            case "file":
                sandbox.Write($".worktrees/{CoordinatedMission.DirectoryName}-coord", "not a directory\n");
                break;
            case "files":
                sandbox.Write($".worktrees/{CoordinatedMission.DirectoryName}-coord/kitty-specs/{CoordinatedMission.DirectoryName}/status.events.jsonl", "");
                break;
            default:
                Directory.CreateDirectory(mission.Worktree);
                break;
        }

        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("approved");
        await Assert.That(string.Join('\n', (await mission.Mission.StateAsync()).Texts("warnings"))).Contains(mission.Worktree);
        await RefusesAsync(sandbox, mission, mission.Worktree);
    }

    [Test]
    [Arguments("side")]
    [Arguments("--detach")]
    public async Task A_worktree_on_another_branch_refuses_mutations_and_reads_answer_from_the_branch_with_a_warning(string elsewhere)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await mission.PutAsync("WP01", "approved");
        await sandbox.GitInAsync(mission.Worktree, elsewhere == "side" ? ["checkout", "-q", "-b", "side", "main"] : ["checkout", "-q", "--detach", "main"]);

        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("approved");
        await Assert.That(string.Join('\n', (await mission.Mission.StateAsync()).Texts("warnings"))).Contains(mission.Worktree);
        await RefusesAsync(sandbox, mission, mission.Worktree);
    }

    [Test]
    public async Task A_branch_that_somebody_has_checked_out_refuses_mutations_and_names_the_place()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        var elsewhere = Path.Combine(sandbox.Top, "elsewhere");
        await sandbox.GitAsync("worktree", "add", "-q", elsewhere, CoordinatedMission.Branch);

        var call = (await mission.Mission.StartAsync("WP01")).Fails("STATUS_READ_PATH_NOT_FOUND");

        await Assert.That(call.Text("coord_candidate")).IsEqualTo(mission.Candidate);
        await Assert.That(call.Message).Contains(elsewhere);
        await Assert.That(Directory.Exists(mission.Worktree)).IsFalse();
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_log_that_the_worktree_has_lost_is_read_from_the_branch_and_is_not_written_without_its_rows(bool isWholeDirectory)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await mission.PutAsync("WP01", "approved");
        if (isWholeDirectory)
        {
            Directory.Delete(mission.Candidate, recursive: true);
        }
        else
        {
            File.Delete(mission.LogPath);
        }

        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("approved");
        await Assert.That(await mission.Mission.ReadyIdsAsync()).IsEqualTo("WP02");
        await Assert.That(string.Join('\n', (await mission.Mission.StateAsync()).Texts("warnings"))).Contains(CoordinatedMission.StatusFiles[0]);
        await RefusesAsync(sandbox, mission, $"git -C {mission.Worktree} checkout HEAD -- {CoordinatedMission.StatusFiles[0]}");

        await sandbox.GitInAsync(mission.Worktree, "checkout", "HEAD", "--", ".");
        (await mission.Mission.StartAsync("WP02")).Ok();
        await mission.IsCommittedAsync();
        await Assert.That(mission.Rows.Length).IsEqualTo(6);
    }

    [Test]
    public async Task A_worktree_that_a_killed_call_added_and_did_not_fill_is_filled_by_the_next_mutation()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await mission.PutAsync("WP01", "approved");
        await mission.DematerializeAsync();
        await sandbox.GitAsync("worktree", "add", "-q", "--no-checkout", mission.Worktree, CoordinatedMission.Branch);

        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("approved");
        (await mission.Mission.StartAsync("WP02")).Ok();

        await mission.IsCommittedAsync();
        await Assert.That(mission.Rows.Length).IsEqualTo(6);
    }

    [Test]
    public async Task A_branch_without_status_yet_has_nothing_to_lose()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await sandbox.GitInAsync(mission.Worktree, ["rm", "-q", "--", .. CoordinatedMission.StatusFiles]);
        await sandbox.CommitAsync("no status yet", mission.Worktree);
        await Tracer.RequireAsync(sandbox);

        var (call, lines) = await Tracer.TraceAsync(sandbox, "mission-state", "--mission", CoordinatedMission.DirectoryName);
        await Assert.That(call.Ok().TryGetProperty("warnings", out _)).IsFalse();
        await Assert.That(string.Join('\n', Tracer.Programs(lines))).IsEqualTo("");

        (await mission.Mission.StartAsync("WP01")).Ok();
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task A_mutation_is_one_commit_of_two_files_by_one_process_and_leaves_the_worktree_clean()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await Tracer.RequireAsync(sandbox);
        var tip = await mission.TipAsync();
        var main = await sandbox.GitAsync("rev-parse", "HEAD");
        var primary = mission.Mission.Log;

        (string[] Argv, string Subject)[] mutations =
        [
            (["start-implementation", "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid], "chore(spec-kitty): status transition batch WP01"),
            (["transition", "--wp", "WP01", "--to", "for_review", "--actor", "codex", "--policy", Policy.Valid, "--subtasks-complete", "--implementation-evidence-present"],
                "chore(spec-kitty): status transition WP01"),
            (["start-review", "--wp", "WP01", "--actor", "reviewer", "--policy", Policy.Valid], "chore(spec-kitty): status transition WP01"),
            (["transition", "--wp", "WP01", "--to", "done", "--actor", "reviewer", "--force", "--note", "fine"], "chore(spec-kitty): status transition WP01"),
        ];
        foreach (var (argv, _) in mutations)
        {
            var (call, lines) = await Tracer.TraceAsync(sandbox, [.. argv, "--mission", CoordinatedMission.DirectoryName]);
            call.Ok();
            var programs = Tracer.Programs(lines);
            await Assert.That(string.Join('\n', programs.Skip(1))).IsEqualTo("");
            await Assert.That(programs[0]).Contains("maintenance.auto=false");
            await Assert.That(await mission.ChangedByTipAsync()).IsEqualTo(string.Join(' ', CoordinatedMission.StatusFiles));
            await mission.IsCommittedAsync();
        }

        await Assert.That(string.Join('\n', await mission.SubjectsSinceAsync(tip))).IsEqualTo(string.Join('\n', mutations.Select(m => m.Subject)));
        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("done");
        await Assert.That(mission.Mission.Log).IsEqualTo(primary);
        await Assert.That(await sandbox.GitAsync("rev-parse", "HEAD")).IsEqualTo(main);
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    public async Task What_changes_nothing_commits_nothing()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        (await mission.Mission.StartAsync("WP01")).Ok();
        var tip = await mission.TipAsync();

        await Assert.That((await mission.Mission.StartAsync("WP01")).Ok().GetProperty("no_op").GetBoolean()).IsTrue();
        (await mission.Mission.StartAsync("WP01", "other")).Fails("WP_ALREADY_CLAIMED");
        (await mission.Mission.MoveAsync("WP01", "approved")).Fails("TRANSITION_REJECTED");

        await Assert.That(await mission.TipAsync()).IsEqualTo(tip);
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task What_else_is_staged_or_changed_in_the_worktree_stays_as_it_is()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        File.WriteAllText(Path.Combine(mission.Worktree, "staged.txt"), "staged\n");
        await sandbox.GitInAsync(mission.Worktree, "add", "staged.txt");
        File.WriteAllText(Path.Combine(mission.Worktree, "README.md"), "changed\n");
        var uncommitted = await mission.UncommittedAsync();

        (await mission.Mission.StartAsync("WP01")).Ok();

        await Assert.That(await mission.UncommittedAsync()).IsEqualTo(uncommitted);
        await Assert.That(await mission.ChangedByTipAsync()).IsEqualTo(string.Join(' ', CoordinatedMission.StatusFiles));
    }

    [Test]
    public async Task The_first_mutation_adds_the_worktree()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        var tip = await mission.TipAsync();

        (await mission.Mission.StartAsync("WP01")).Ok();

        await Assert.That((await mission.SubjectsSinceAsync(tip)).Length).IsEqualTo(1);
        await mission.IsCommittedAsync();
        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task The_first_mutation_adds_the_worktree_again_when_somebody_removed_its_directory()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await mission.PutAsync("WP01", "approved");
        Directory.Delete(mission.Worktree, recursive: true);

        (await mission.Mission.StartAsync("WP02")).Ok();

        await mission.IsCommittedAsync();
        await Assert.That(mission.Rows.Length).IsEqualTo(6);
    }

    [Test]
    public async Task Files_that_git_does_not_know_yet_are_committed_too()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await sandbox.GitInAsync(mission.Worktree, ["rm", "-q", "--", .. CoordinatedMission.StatusFiles]);
        File.WriteAllText(Path.Combine(mission.Worktree, ".gitignore"), "status.json\n");
        await sandbox.CommitAsync("no status yet", mission.Worktree);

        (await mission.Mission.MovePlainAsync("WP01", "blocked")).Ok();

        await mission.IsCommittedAsync();
        await Assert.That(mission.Rows.Length).IsEqualTo(1);
    }

    [Test]
    public async Task Status_files_that_are_there_but_were_never_committed_are_committed()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await sandbox.GitInAsync(mission.Worktree, "rm", "-q", "--cached", "--", CoordinatedMission.StatusFiles[1]);
        await sandbox.GitInAsync(mission.Worktree, "commit", "-q", "-m", "only the log");

        (await mission.Mission.StartAsync("WP01")).Ok();

        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task A_row_that_a_killed_call_left_uncommitted_is_in_the_next_commit()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        var row = mission.Mission.Event("WP01", "planned", "claimed", Mission.SeedTime(60), ("actor", "codex"));
        File.AppendAllText(mission.LogPath, PythonText.Row(row) + "\n");

        await Assert.That((await mission.Mission.StartAsync("WP01")).Ok().GetProperty("from_lane").GetString()).IsEqualTo("claimed");

        await mission.IsCommittedAsync();
        await Assert.That(mission.Rows.Length).IsEqualTo(5);
    }

    [Test]
    [Arguments("WP_NOT_FOUND", "WP99", "planned")]
    [Arguments("DEPENDENCIES_NOT_SATISFIED", "WP02", "planned")]
    [Arguments("TRANSITION_REJECTED", "WP01", "done")]
    public async Task A_refused_first_mutation_adds_no_worktree(string reason, string wp, string lane)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        if (lane != "planned")
        {
            await mission.PutAsync(wp, lane);
        }

        await mission.DematerializeAsync();
        var before = sandbox.Tree();

        (await mission.Mission.StartAsync(wp)).Fails(reason);

        sandbox.Tree().MustEqualButForLocks(before, "a refused call");
    }

    [Test]
    [Arguments(true, true)]
    [Arguments(true, false)]
    [Arguments(false, true)]
    public async Task What_a_hook_refuses_is_taken_back_to_the_byte(bool isMaterialized, bool isKnown)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized);
        if (!isKnown)
        {
            await sandbox.GitInAsync(mission.Worktree, "rm", "-q", "--", CoordinatedMission.StatusFiles[1]);
            await sandbox.CommitAsync("no snapshot yet", mission.Worktree);
        }

        mission.Hook("pre-commit", "echo 'not today' >&2\nexit 1\n");
        var tip = await mission.TipAsync();
        var before = sandbox.Tree();

        var call = (await mission.Mission.StartAsync("WP01")).Fails("GIT_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(call.Message).Contains("not today");
        await Assert.That(await mission.TipAsync()).IsEqualTo(tip);
        var changes = sandbox.Tree().ChangesSince(before).Where(
            line => !line.Contains("/.git/", StringComparison.Ordinal) && line != "+ project/.worktrees/");
        await Assert.That(string.Join('\n', changes)).IsEqualTo("");
        await Assert.That(Directory.Exists(mission.Worktree)).IsEqualTo(isMaterialized);
        if (isMaterialized)
        {
            await Assert.That(await mission.UncommittedAsync()).IsEqualTo("");
        }

        File.Delete(sandbox.At(".git/hooks/pre-commit"));
        (await mission.Mission.StartAsync("WP01")).Ok();
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task A_hook_that_accepts_runs_once()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        mission.Hook("pre-commit", $"echo ran >> '{sandbox.Top}/hooks'\n");

        (await mission.Mission.StartAsync("WP01")).Ok();

        await Assert.That(File.ReadAllText(Path.Combine(sandbox.Top, "hooks"))).IsEqualTo("ran\n");
    }

    /// <summary>The commit's git is told its files on its input; what is on it is not for a hook, and a hook that reads to the end does not wait.</summary>
    [Test]
    public async Task A_hook_that_reads_its_input_finds_none()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        mission.Hook("pre-commit", $"cat > '{sandbox.Top}/input'\n");

        (await mission.Mission.StartAsync("WP01")).Ok();

        await Assert.That(File.ReadAllText(Path.Combine(sandbox.Top, "input"))).IsEqualTo("");
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task All_selectors_reach_the_same_lock_and_the_same_worktree()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        string[] selectors =
            [CoordinatedMission.DirectoryName, CoordinatedMission.Slug, MissionBuilder.DefaultId, MissionBuilder.DefaultId[..8]];

        foreach (var selector in selectors)
        {
            using (new HeldLock(mission.Mission.LockPath))
            {
                (await sandbox.ApiWithAsync([("SPEC_KITTY_LOCK_TIMEOUT_MS", "20")], MoveBy(selector))).Fails("LOCK_TIMEOUT");
            }

            (await sandbox.ApiAsync(MoveBy(selector))).Ok();
            (await sandbox.ApiInAsync(mission.Worktree, MoveBy(selector))).Ok();
        }

        await Assert.That(mission.Rows.Length).IsEqualTo(3 + (2 * selectors.Length));
        await Assert.That(string.Join(' ', Directory.GetFiles(sandbox.At(".git/spec-kitty-locks")).Select(Path.GetFileName)))
            .IsEqualTo($"{CoordinatedMission.DirectoryName}.status.lock");
        await Assert.That(string.Join(' ', Directory.GetDirectories(sandbox.At(".worktrees")).Select(Path.GetFileName)))
            .IsEqualTo($"{CoordinatedMission.DirectoryName}-coord");
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task Task_files_and_dependencies_come_from_the_primary_checkout()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        Directory.Delete(Path.Combine(mission.Candidate, "tasks"), recursive: true);
        File.WriteAllText(Path.Combine(mission.Candidate, "meta.json"), "{broken");
        mission.Mission.Write("tasks/WP04-late.md", MissionBuilder.TaskFile("WP04"));

        var call = await mission.Mission.StartAsync("WP04");

        await Assert.That(call.Ok().GetProperty("prompt_path").GetString()).IsEqualTo(Path.Combine(mission.Mission.Directory, "tasks/WP04-late.md"));
        (await mission.Mission.StartAsync("WP02")).Fails("DEPENDENCIES_NOT_SATISFIED");
    }

    [Test]
    public async Task History_is_added_to_the_task_file_of_the_primary_checkout()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await sandbox.GitAsync("checkout", "-q", "-b", "work");
        var tip = await mission.TipAsync();

        var call = await sandbox.ApiAsync("append-history", "--mission", CoordinatedMission.DirectoryName, "--wp", "WP01", "--actor", "codex", "--note", "half way");

        await Assert.That(call.Ok().GetProperty("committed").GetBoolean()).IsTrue();
        await Assert.That(mission.Mission.Read("tasks/WP01-do-the-thing.md")).Contains("codex: half way");
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
        await Assert.That(await mission.TipAsync()).IsEqualTo(tip);
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task Acceptance_reads_the_lanes_of_the_branch_and_is_recorded_in_the_primary_checkout()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        string[] accept = ["accept-mission", "--mission", CoordinatedMission.DirectoryName, "--actor", "lead"];
        (await sandbox.ApiAsync(accept)).Fails("MISSION_NOT_READY");
        foreach (var wp in new[] { "WP01", "WP02", "WP03" })
        {
            await mission.PutAsync(wp, "approved");
        }

        await mission.DematerializeAsync();

        await Assert.That((await sandbox.ApiAsync(accept)).Ok().GetProperty("accepted").GetBoolean()).IsTrue();
        await Assert.That(mission.Mission.Read("meta.json")).Contains("\"accepted_at\"");
        await Assert.That((await sandbox.ApiAsync(accept)).Ok().GetProperty("no_op").GetBoolean()).IsTrue();
    }

    private static string[] MoveBy(string selector) =>
        ["transition", "--mission", selector, "--wp", "WP01", "--to", "planned", "--actor", "codex", "--force", "--note", $"by {selector}"];

    /// <summary>Every mutation of the status refuses at every level, names both places, and changes nothing.</summary>
    private static async Task RefusesAsync(Sandbox sandbox, CoordinatedMission mission, string culprit)
    {
        var before = sandbox.Tree();
        foreach (var level in new[] { "1.0.0", "1.1.0", "1.3.0" })
        {
            sandbox.Environment["SPEC_KITTY_CONTRACT"] = level;
            string[][] mutations =
            [
                ["start-implementation", "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid],
                ["start-review", "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid],
                ["transition", "--wp", "WP01", "--to", "blocked", "--actor", "a"],
            ];
            foreach (var argv in mutations)
            {
                var call = (await sandbox.ApiAsync([.. argv, "--mission", CoordinatedMission.DirectoryName])).Fails("STATUS_READ_PATH_NOT_FOUND");
                await Assert.That(call.Envelope.ErrorCode).IsEqualTo(level == "1.0.0" ? "PREFLIGHT_FAILED" : "STATUS_READ_PATH_NOT_FOUND");
                await Assert.That(call.Text("coord_candidate")).IsEqualTo(mission.Candidate);
                await Assert.That(call.Text("primary_candidate")).IsEqualTo(mission.Mission.Directory);
                await Assert.That(call.Text("effect")).IsEqualTo("none");
                await Assert.That(call.Message).Contains(mission.Candidate);
                await Assert.That(call.Message).Contains(mission.Mission.Directory);
                await Assert.That(call.Message).Contains(culprit);
            }
        }

        sandbox.Tree().MustEqualButForLocks(before, "a refused call");
    }
}
