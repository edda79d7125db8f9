using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>A mission whose status is kept on a coordination branch, as missions are made today (HOST §3): its worktree, its commits and its rows.</summary>
internal sealed class CoordinatedMission
{
    internal const string Slug = "demo";
    internal const string DirectoryName = "demo-01JQ8Z4T";
    internal const string Branch = "kitty/mission-demo-01JQ8Z4T";
    private readonly Sandbox _sandbox;

    private CoordinatedMission(Sandbox sandbox, Mission mission)
    {
        _sandbox = sandbox;
        Mission = mission;
    }

    /// <summary>The mission in the primary checkout; its own log holds nothing but the rows of the seeding.</summary>
    internal Mission Mission { get; }

    internal string Worktree => _sandbox.At($".worktrees/{DirectoryName}-coord");

    internal string Candidate => Path.Combine(Worktree, "kitty-specs", DirectoryName);

    internal string LogPath => Path.Combine(Candidate, "status.events.jsonl");

    internal string SnapshotPath => Path.Combine(Candidate, "status.json");

    /// <summary>The rows in the worktree; every line has to be strict JSON.</summary>
    internal JsonElement[] Rows => [.. File.ReadAllText(LogPath).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(StrictJson.Parse)];

    /// <summary>The name of the log and of status.json from the repository's top.</summary>
    internal static string[] StatusFiles { get; } = [$"kitty-specs/{DirectoryName}/status.events.jsonl", $"kitty-specs/{DirectoryName}/status.json"];

    /// <summary>Committed on main, with the branch at that commit.</summary>
    /// <param name="sandbox">With git.</param>
    /// <param name="isMaterialized">Whether the worktree is there too.</param>
    /// <param name="describe">More about the mission.</param>
    /// <param name="lanes">Its lanes.json; null for none.</param>
    internal static async Task<CoordinatedMission> CreateAsync(
        Sandbox sandbox, bool isMaterialized = true, Action<MissionBuilder>? describe = null, string? lanes = null)
    {
        var builder = sandbox.Mission(Slug).InDirectory(DirectoryName).Meta("coordination_branch", Branch);
        describe?.Invoke(builder);
        var mission = builder.Write();
        // The snapshot of the seeding is on the branch already, as the planning steps leave it.
        mission.Write("status.json", "{}\n");
        if (lanes is not null)
        {
            mission.Write("lanes.json", lanes);
        }

        await sandbox.CommitAsync("mission demo");
        await sandbox.GitAsync("branch", Branch);
        var coordinated = new CoordinatedMission(sandbox, mission);
        if (isMaterialized)
        {
            await coordinated.MaterializeAsync();
        }

        return coordinated;
    }

    internal Task MaterializeAsync() => _sandbox.GitAsync("worktree", "add", "-q", Worktree, Branch);

    internal Task DematerializeAsync() => _sandbox.GitAsync("worktree", "remove", "--force", Worktree);

    /// <summary>Adds a row to the worktree's log and commits it, as the other host would.</summary>
    internal async Task PutAsync(string wp, string lane, string actor = "setup")
    {
        var row = Mission.Event(
            wp, "planned", lane, Mission.SeedTime(600 + Rows.Length), ("force", true), ("reason", "setup"), ("actor", actor));
        File.AppendAllText(LogPath, PythonText.Row(row) + "\n");
        await _sandbox.CommitAsync($"chore(spec-kitty): status transition {wp}", Worktree);
    }

    internal async Task<string> TipAsync() => (await _sandbox.GitAsync("rev-parse", Branch)).Trim();

    /// <summary>The subjects of the commits that the branch has since a commit, oldest first.</summary>
    internal async Task<string[]> SubjectsSinceAsync(string commit) =>
        (await _sandbox.GitAsync("log", "--reverse", "--format=%s", $"{commit}..{Branch}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The files that a commit changed.</summary>
    internal async Task<string> ChangedByTipAsync() =>
        (await _sandbox.GitAsync("diff-tree", "--no-commit-id", "--name-only", "-r", Branch)).Trim().Replace('\n', ' ');

    /// <summary>The log and status.json as the branch's tip has them.</summary>
    internal async Task<(string Log, string Snapshot)> AtTipAsync() =>
        (await _sandbox.GitAsync("show", $"{Branch}:{StatusFiles[0]}"), await _sandbox.GitAsync("show", $"{Branch}:{StatusFiles[1]}"));

    /// <summary>What git says is uncommitted in the worktree; empty for nothing.</summary>
    internal Task<string> UncommittedAsync() => _sandbox.GitInAsync(Worktree, "status", "--porcelain");

    /// <summary>Whether the tip has just what is in the worktree, and nothing there is uncommitted.</summary>
    internal async Task IsCommittedAsync()
    {
        Contract.Equal(await UncommittedAsync(), "", "uncommitted in the coordination worktree");
        var (log, snapshot) = await AtTipAsync();
        Contract.Equal(log, File.ReadAllText(LogPath), "the log at the tip");
        Contract.Equal(snapshot, File.ReadAllText(SnapshotPath), "the snapshot at the tip");
    }

    /// <summary>A hook of the repository, which runs for every worktree.</summary>
    internal void Hook(string name, string script)
    {
        _sandbox.Write($".git/hooks/{name}", "#!/bin/sh\n" + script);
        File.SetUnixFileMode(_sandbox.At($".git/hooks/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A lanes.json.</summary>
    /// <param name="branch">The mission's branch.</param>
    /// <param name="lanes">For each lane its id, its work packages and the lanes it depends on.</param>
    internal static string Lanes(string branch, params (string Id, string[] Wps, string[] DependsOn)[] lanes) => PythonText.Document(
        JsonSerializer.SerializeToElement(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["version"] = 1,
            ["mission_slug"] = DirectoryName,
            ["mission_id"] = MissionBuilder.DefaultId,
            ["mission_branch"] = branch,
            ["target_branch"] = "main",
            ["lanes"] = lanes.Select((lane, index) => new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["lane_id"] = lane.Id,
                ["wp_ids"] = lane.Wps,
                ["write_scope"] = Array.Empty<string>(),
                ["predicted_surfaces"] = Array.Empty<string>(),
                ["depends_on_lanes"] = lane.DependsOn,
                ["parallel_group"] = index,
            }).ToArray(),
            ["computed_at"] = Mission.SeedTime(0),
            ["computed_from"] = "tasks",
            ["planning_artifact_wps"] = Array.Empty<string>(),
        }));
}
