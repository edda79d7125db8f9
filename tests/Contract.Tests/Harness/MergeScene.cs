using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>A mission that is ready to be merged: lanes with their branches, every work package approved in the main checkout's log.</summary>
internal sealed class MergeScene
{
    internal const string Slug = MissionBuilder.DefaultSlug;
    internal const string Branch = $"kitty/mission-{Slug}";
    internal const string LogFile = $"kitty-specs/{Slug}/status.events.jsonl";

    private MergeScene(Sandbox sandbox, Mission mission)
    {
        Sandbox = sandbox;
        Mission = mission;
    }

    internal static PlannedLane[] Two { get; } = [new("lane-a", "WP01", "a.txt", "a\n"), new("lane-b", "WP02", "b.txt", "b\n")];

    internal Sandbox Sandbox { get; }

    internal Mission Mission { get; }

    /// <summary>Every lane's branch starts at the target and has its file; the main checkout is on the target.</summary>
    internal static async Task<MergeScene> CreateAsync(Sandbox sandbox, IReadOnlyList<PlannedLane> lanes, bool isApproved = true)
    {
        var builder = sandbox.Mission();
        foreach (string wp in lanes.Select(lane => lane.Wp).Distinct())
        {
            builder = builder.Wp(wp);
        }

        var mission = builder.Write();
        mission.WriteLanes([.. lanes.GroupBy(lane => lane.Id).Select(group => (group.Key, group.Select(lane => lane.Wp).ToArray()))]);
        await sandbox.CommitAsync("mission and lanes");
        await sandbox.GitAsync("branch", Branch);
        var scene = new MergeScene(sandbox, mission);
        foreach (var lane in lanes.Where(lane => lane.Id != "lane-planning"))
        {
            await scene.CommitOnLaneAsync(lane.Id, lane.File, lane.Text);
        }

        if (isApproved)
        {
            scene.Approve([.. lanes.Select(lane => lane.Wp)]);
        }

        return scene;
    }

    internal static string LaneBranch(string lane) => $"{Branch}-{lane}";

    internal string Worktree(string lane) => Sandbox.At($".worktrees/{Slug}-{lane}");

    /// <summary>Gives a lane's branch its worktree, where agents work.</summary>
    internal Task CheckOutAsync(string lane) => Sandbox.GitAsync("worktree", "add", "-q", Worktree(lane), LaneBranch(lane));

    /// <summary>A commit on a lane's branch, which is made at the target if it is not there; without touching any checkout.</summary>
    internal async Task CommitOnLaneAsync(string lane, string file, string text)
    {
        string branch = LaneBranch(lane);
        string start = (await Sandbox.GitAsync("for-each-ref", "--format=%(objectname)", "refs/heads/" + branch)).Trim() is { Length: > 0 } tip ? tip : "main";
        await CommitOnAsync(branch, start, file, text);
    }

    /// <summary>A commit on any branch that is not checked out.</summary>
    internal async Task CommitOnAsync(string branch, string start, string file, string text)
    {
        string build = Path.Combine(Sandbox.Top, "build-" + Guid.NewGuid().ToString("N"));
        await Sandbox.GitAsync("worktree", "add", "-q", "-B", branch, build, start);
        string path = Path.Combine(build, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
        await Sandbox.CommitAsync($"{file} on {branch}", build);
        await Sandbox.GitAsync("worktree", "remove", "--force", build);
    }

    internal void Approve(params string[] wps)
    {
        foreach (string wp in wps)
        {
            Mission.Put(wp, "approved");
        }
    }

    internal Task<Call> MergeAsync(params string[] more) => Sandbox.ApiAsync(["merge-mission", "--mission", Slug, .. more]);

    internal Task<Call> MergeWithAsync(IEnumerable<(string Name, string Value)> variables, params string[] more) =>
        Sandbox.ApiWithAsync(variables, ["merge-mission", "--mission", Slug, .. more]);

    /// <summary>Calls, and proves that the refusal says so and left nothing behind, in git or beside it.</summary>
    internal async Task<Call> RefusedAsync(string reason, string[]? more = null, (string Name, string Value)[]? variables = null)
    {
        var before = Sandbox.Tree();
        var call = (await MergeWithAsync(variables ?? [], more ?? [])).Fails(reason);
        Contract.Equal(call.Text("effect"), "none", "effect");
        Sandbox.Tree().MustEqualButForLocks(before, "a refused merge");
        return call;
    }

    /// <summary>All that a finished merge leaves: one branch, clean checkouts, no journal, no lock, no scratch file.</summary>
    internal async Task IsLandedAsync(params string[] otherBranches)
    {
        string[] branches = [.. otherBranches.Append("main").Order(StringComparer.Ordinal)];
        Contract.Equal(await BranchesAsync(), string.Join(' ', branches), "branches");
        Contract.Equal(await Sandbox.GitAsync("status", "--porcelain"), "", "uncommitted in the main checkout");
        await HasNoLeftoversAsync();
    }

    internal async Task<string> BranchesAsync() =>
        string.Join(' ', (await Sandbox.GitAsync("for-each-ref", "--format=%(refname:short)", "refs/heads")).Split('\n', StringSplitOptions.RemoveEmptyEntries));

    internal async Task HasNoLeftoversAsync()
    {
        var odd = Sandbox.Tree().Entries.Keys.Where(path =>
            path.EndsWith(".journal", StringComparison.Ordinal) || path.Contains("/.git/spec-kitty/", StringComparison.Ordinal)
            || path.EndsWith("index.lock", StringComparison.Ordinal) || path.Contains("spec-kitty.index", StringComparison.Ordinal)
            || path.Contains("spec-kitty.lock", StringComparison.Ordinal) || path.Contains(".removed", StringComparison.Ordinal)
            || path.Contains(".spec-kitty.tmp", StringComparison.Ordinal) || path.Contains(Slug + ".merge.", StringComparison.Ordinal)
            || (path.Contains("/.git/refs/", StringComparison.Ordinal) && path.EndsWith(".lock", StringComparison.Ordinal)));
        Contract.Equal(string.Join(' ', odd), "", "leftovers");
        Contract.Equal(await Sandbox.GitAsync("worktree", "prune", "--dry-run", "--verbose", "--expire=now"), "", "worktrees that are registered and gone");
    }

    /// <summary>How many rows of the main checkout's log take a work package to done.</summary>
    internal int DoneRows(string wp) => Mission.Rows.Count(row =>
        row.TryGetProperty("to_lane", out var lane) && lane.GetString() == "done" && row.GetProperty("wp_id").GetString() == wp);
}
