using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>
/// merge-mission killed at its every step, and then called again. strace ends the process, or git with it, on entry to the nth system call of a kind that changes
/// something; the next call finds nothing changed or finishes, and in the end everything is as after a merge that nobody disturbed.
/// </summary>
public sealed class MergeKillTests
{
    /// <summary>What the executable itself does to the world, but for writing to git, which is a step of its own below.</summary>
    private static readonly string[] Own = ["linkat", "renameat", "renameat2", "unlinkat", "mkdirat", "mkdir", "fsync", "fdatasync", "vfork", "clone", "clone3"];

    /// <summary>What git does, that the next call must be able to clean up.</summary>
    private static readonly string[] Gits = ["rename", "unlink", "link"];

    /// <summary>Of the many writes, every so many.</summary>
    private const int Stride = 12;

    [Test]
    [Arguments("merge")]
    [Arguments("rebase")]
    public async Task The_call_is_killed(string strategy) => await EachAsync(Own, "write", strategy, followsGit: false);

    [Test]
    public async Task The_call_and_git_are_killed() => await EachAsync(Gits, null, "merge", followsGit: true);

    private static async Task EachAsync(string[] kinds, string? sampled, string strategy, bool followsGit)
    {
        var counts = await CountAsync(strategy, [.. kinds, .. sampled is null ? Array.Empty<string>() : [sampled]], followsGit);
        Harness.Contract.Holds(counts.Values.Sum() > 10, "the merge made too few system calls to be killed at");
        foreach (var (kind, count) in counts)
        {
            for (int nth = 1; nth <= count; nth += kind == sampled ? Stride : 1)
            {
                await KillAsync(strategy, kind, nth, followsGit);
            }
        }
    }

    /// <summary>How often an undisturbed merge makes each call.</summary>
    private static async Task<Dictionary<string, int>> CountAsync(string strategy, string[] kinds, bool followsGit)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await Tracer.RequireAsync(sandbox);
        var scene = await ReadyAsync(sandbox);
        string output = Path.Combine(sandbox.Top, "strace");
        await TraceAsync(scene, strategy, followsGit, "-o", output, "-e", "trace=" + string.Join(',', kinds.Select(kind => "?" + kind)));
        var lines = await File.ReadAllLinesAsync(output);
        File.Delete(output);
        await IsMergedAsync(scene);
        // A thread is no step. Under -f strace counts for each process by itself, so the first of each kind is that of every git.
        return kinds.ToDictionary(kind => kind, kind => followsGit
            ? lines.Where(line => line.Contains($" {kind}(", StringComparison.Ordinal)).GroupBy(line => line.Split(' ')[0]).Select(group => group.Count()).DefaultIfEmpty(0).Max()
            : lines.Count(line => line.StartsWith(kind + "(", StringComparison.Ordinal)));
    }

    private static async Task KillAsync(string strategy, string kind, int nth, bool followsGit)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await ReadyAsync(sandbox);
        string before = await sandbox.GitAsync("rev-parse", "main");
        string when = nth.ToString(CultureInfo.InvariantCulture);
        try
        {
            await TraceAsync(scene, strategy, followsGit, "-o", "/dev/null", "-e", "trace=" + kind, "-e", $"inject={kind}:signal=KILL:when={when}");
            string[] lanes = [.. (await scene.BranchesAsync()).Split(' ').Where(branch => branch.Contains("lane-", StringComparison.Ordinal))];
            Harness.Contract.Holds(
                await sandbox.GitAsync("rev-parse", "main") != before || lanes.Length == 2 || File.Exists(sandbox.At($".git/spec-kitty/merge-{MergeScene.Slug}.journal")),
                "a lane's branch is gone, the target has not moved, and no journal tells why");

            await MustSucceedAsync(scene, strategy);
            await IsMergedAsync(scene);
            Harness.Contract.Holds((await scene.MergeAsync("--strategy", strategy)).Ok().GetProperty("no_op").GetBoolean(), "a third call does nothing");
        }
        catch (ContractException problem)
        {
            throw new ContractException($"killed at {kind} number {nth} ({strategy}): {problem.Message}");
        }
    }

    /// <summary>The next call finishes. Where git was killed with its locks in hand, it may have to be called once more, and says so.</summary>
    private static async Task MustSucceedAsync(MergeScene scene, string strategy)
    {
        var call = await scene.MergeAsync("--strategy", strategy);
        if (!call.Envelope.Success && call.Data.GetProperty("retryable").GetBoolean())
        {
            call = await scene.MergeAsync("--strategy", strategy);
        }

        call.Ok();
    }

    private static async Task TraceAsync(MergeScene scene, string strategy, bool followsGit, params string[] options)
    {
        string[] command =
        [
            "-qq", .. followsGit ? ["-f"] : Array.Empty<string>(), "-e", "signal=none", .. options,
            await PublishedExecutable.PathAsync(), "orchestrator-api", "merge-mission", "--mission", MergeScene.Slug, "--strategy", strategy,
        ];
        await Spawn.RunAsync("strace", command, scene.Sandbox.Root, scene.Sandbox.Environment);
    }

    /// <summary>Two lanes with worktrees, one of which has to be merged with the other's file, notes in a task file, and a target that has gone on.</summary>
    private static async Task<MergeScene> ReadyAsync(Sandbox sandbox)
    {
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two, isApproved: false);
        await scene.CheckOutAsync("lane-a");
        sandbox.Write("target.txt", "gone on\n");
        await sandbox.CommitAsync("the target goes on");
        scene.Approve("WP01", "WP02");
        scene.Mission.Write("tasks/WP01-do-the-thing.md", MissionBuilder.TaskFile("WP01") + "- a note\n");
        return scene;
    }

    private static async Task IsMergedAsync(MergeScene scene)
    {
        await scene.IsLandedAsync();
        var sandbox = scene.Sandbox;
        Harness.Contract.Equal((sandbox.Read("a.txt"), sandbox.Read("b.txt"), sandbox.Read("target.txt")), ("a\n", "b\n", "gone on\n"), "what landed");
        Harness.Contract.Equal((scene.DoneRows("WP01"), scene.DoneRows("WP02")), (1, 1), "done rows");
        Harness.Contract.Equal(await sandbox.GitAsync("show", "main:" + MergeScene.LogFile), scene.Mission.Log, "the log as it landed");
        Harness.Contract.Equal(Directory.Exists(scene.Worktree("lane-a")), false, "the lane's worktree is there");
        Harness.Contract.Equal(await sandbox.GitAsync("fsck", "--connectivity-only", "--no-dangling"), "", "fsck");
    }
}
