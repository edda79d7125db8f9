using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>How often git is started, command by command: a process costs as much as a whole call without one. That reads start none is for ReadOnlyTests.</summary>
public sealed class GitSpawnTests
{
    private static readonly string[] None = [];

    [Test]
    public async Task A_mutation_of_a_mission_without_lanes_starts_no_process()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await Tracer.RequireAsync(sandbox);
        var mission = await sandbox.Mission().CommitAsync();

        await StartsAsync(sandbox, None, "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);
        await StartsAsync(sandbox, None, "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);
        await StartsAsync(
            sandbox, None, "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "for_review", "--actor", "codex", "--policy", Policy.Valid,
            "--subtasks-complete", "--implementation-evidence-present");
        await StartsAsync(sandbox, None, "start-review", "--mission", mission.Slug, "--wp", "WP01", "--actor", "reviewer", "--policy", Policy.Valid);
    }

    [Test]
    public async Task A_note_is_one_commit_or_none()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await Tracer.RequireAsync(sandbox);
        var mission = await sandbox.Mission().CommitAsync();
        string[] note = ["append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", "n"];

        await StartsAsync(sandbox, None, note);
        await sandbox.GitAsync("checkout", "-q", "-b", "feature");
        await StartsAsync(sandbox, ["commit"], note);
    }

    [Test]
    public async Task A_lane_is_allocated_by_one_process_and_checked_by_one()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await Tracer.RequireAsync(sandbox);
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.2.0";
        var mission = await LanesMission.CreateAsync(sandbox);
        string[] start = ["start-implementation", "--mission", mission.DirectoryName, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid];

        await sandbox.GitAsync("branch", LanesMission.Branch);
        await StartsAsync(sandbox, ["worktree"], start);
        await StartsAsync(sandbox, None, start);
        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "a");
        await StartsAsync(
            sandbox, ["rev-list"], "transition", "--mission", mission.DirectoryName, "--wp", "WP01", "--to", "for_review", "--actor", "codex", "--policy", Policy.Valid,
            "--subtasks-complete", "--implementation-evidence-present");
    }

    private static async Task StartsAsync(Sandbox sandbox, string[] expected, params string[] argv)
    {
        var (call, lines) = await Tracer.TraceAsync(sandbox, argv);
        call.Ok();
        await Assert.That(string.Join(' ', Tracer.GitCommands(lines))).IsEqualTo(string.Join(' ', expected));
        await Assert.That(Tracer.Programs(lines).Length).IsGreaterThanOrEqualTo(expected.Length);
        if (expected.Length == 0)
        {
            await Assert.That(string.Join('\n', Tracer.Spawned(lines))).IsEqualTo("");
        }
    }
}
