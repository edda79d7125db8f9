using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>A mission on disk: its files, its log, and the calls that are made on it most.</summary>
internal sealed class Mission
{
    internal const string Evidence = """{"review": {"reviewer": "reviewer", "verdict": "approved", "reference": "review/1"}}""";
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly Sandbox _sandbox;
    private int _events;

    internal Mission(Sandbox sandbox, string slug, string directory, string? id)
    {
        _sandbox = sandbox;
        Slug = slug;
        DirectoryName = directory;
        Id = id;
        if (id is not null)
        {
            sandbox.Known.Add(id);
        }
    }

    internal string Slug { get; }

    internal string DirectoryName { get; }

    internal string? Id { get; }

    /// <summary>The mission's directory, absolute.</summary>
    internal string Directory => _sandbox.At($"kitty-specs/{DirectoryName}");

    internal string LogPath => Path.Combine(Directory, "status.events.jsonl");

    internal string SnapshotPath => Path.Combine(Directory, "status.json");

    internal string LockPath => _sandbox.At($".git/spec-kitty-locks/{DirectoryName}.status.lock");

    internal string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    /// <summary>The rows of the log; every line has to be strict JSON.</summary>
    internal JsonElement[] Rows => [.. Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(StrictJson.Parse)];

    internal static string SeedTime(int second) =>
        new DateTimeOffset(2026, 4, 8, 12, 0, 0, TimeSpan.Zero).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);

    internal void Write(string path, string text) => _sandbox.Write($"kitty-specs/{DirectoryName}/{path}", text);

    internal string Read(string path) => File.ReadAllText(Path.Combine(Directory, path));

    /// <summary>A lane row with every member; <paramref name="changes"/> replace or add some.</summary>
    internal Dictionary<string, object?> Event(string wp, string from, string to, string at, params (string Name, object? Value)[] changes)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["actor"] = "planner",
            ["at"] = at,
            ["event_id"] = NextEventId(),
            ["evidence"] = null,
            ["execution_mode"] = "worktree",
            ["force"] = false,
            ["from_lane"] = from,
            ["mission_slug"] = Slug,
            ["policy_metadata"] = null,
            ["reason"] = null,
            ["review_ref"] = null,
            ["to_lane"] = to,
            ["wp_id"] = wp,
        };
        if (Id is not null)
        {
            row["mission_id"] = Id;
        }

        foreach (var (name, value) in changes)
        {
            row[name] = value;
        }

        _sandbox.Known.UnionWith(new[] { row["event_id"], row["at"] }.OfType<string>());
        return row;
    }

    internal void Append(params IEnumerable<object> rows)
    {
        foreach (var row in rows)
        {
            AppendText((row as string ?? PythonText.Row(row)) + "\n");
        }
    }

    /// <summary>Adds bytes to the log as they are.</summary>
    internal void AppendText(string text) => File.AppendAllText(LogPath, text);

    /// <summary>The rows that finalizing the tasks writes.</summary>
    internal void Seed(params string[] wps) => Append(wps.Select((wp, i) => (object)Event(wp, "genesis", "planned", SeedTime(i))));

    /// <summary>A lane manifest as the task finalization writes it.</summary>
    internal void WriteLanes(params (string Lane, string[] Wps)[] lanes) => Write("lanes.json", JsonSerializer.Serialize(new
    {
        version = 1,
        mission_slug = Slug,
        mission_id = Id,
        mission_branch = $"kitty/mission-{Slug}",
        target_branch = "main",
        lanes = lanes.Select((lane, i) => new
        {
            lane_id = lane.Lane,
            wp_ids = lane.Wps,
            write_scope = Array.Empty<string>(),
            predicted_surfaces = Array.Empty<string>(),
            depends_on_lanes = Array.Empty<string>(),
            parallel_group = i,
        }),
        computed_at = SeedTime(0),
        computed_from = "dependency_graph",
        planning_artifact_wps = Array.Empty<string>(),
    }) + "\n");

    /// <summary>Puts a work package into a lane by a forced row.</summary>
    internal void Put(string wp, string lane, string actor = "setup") =>
        Append(Event(wp, "planned", lane, SeedTime(600 + _events), ("force", true), ("reason", "setup"), ("actor", actor)));

    internal Task<Call> StateAsync() => _sandbox.ApiAsync("mission-state", "--mission", DirectoryName);

    internal Task<Call> ReadyAsync() => _sandbox.ApiAsync("list-ready", "--mission", DirectoryName);

    internal Task<Call> StartAsync(string wp, string actor = "codex") =>
        _sandbox.ApiAsync("start-implementation", "--mission", DirectoryName, "--wp", wp, "--actor", actor, "--policy", Policy.Valid);

    internal Task<Call> ReviewAsync(string wp, string actor = "reviewer", params string[] more) =>
        _sandbox.ApiAsync(["start-review", "--mission", DirectoryName, "--wp", wp, "--actor", actor, "--policy", Policy.Valid, .. more]);

    /// <summary>A transition by codex, with a policy.</summary>
    internal Task<Call> MoveAsync(string wp, string lane, params string[] more) =>
        _sandbox.ApiAsync(["transition", "--mission", DirectoryName, "--wp", wp, "--to", lane, "--actor", "codex", "--policy", Policy.Valid, .. more]);

    /// <summary>A transition by codex, without a policy.</summary>
    internal Task<Call> MovePlainAsync(string wp, string lane, params string[] more) =>
        _sandbox.ApiAsync(["transition", "--mission", DirectoryName, "--wp", wp, "--to", lane, "--actor", "codex", .. more]);

    internal async Task ForReviewAsync(string wp) => (await MoveAsync(wp, "for_review", "--subtasks-complete", "--implementation-evidence-present")).Ok();

    /// <summary>From planned to approved through the contract alone.</summary>
    internal async Task ApproveAsync(string wp)
    {
        (await StartAsync(wp)).Ok();
        await ForReviewAsync(wp);
        (await ReviewAsync(wp, "reviewer", "--review-ref", "review/1")).Ok();
        (await MoveAsync(wp, "approved", "--evidence-json", Evidence)).Ok();
    }

    /// <summary>The lanes that mission-state answers.</summary>
    internal async Task<Dictionary<string, string>> LanesAsync() => (await StateAsync()).Ok().GetProperty("work_packages").EnumerateArray()
        .ToDictionary(w => w.GetProperty("wp_id").GetString()!, w => w.GetProperty("lane").GetString()!);

    internal async Task<string> LaneAsync(string wp) => (await LanesAsync())[wp];

    internal async Task<string> ReadyIdsAsync() => string.Join(' ', (await ReadyAsync()).Ok().GetProperty("ready_work_packages").EnumerateArray()
        .Select(w => w.GetProperty("wp_id").GetString()));

    private string NextEventId()
    {
        var digits = new char[20];
        var rest = ++_events;
        for (var i = digits.Length - 1; i >= 0; i--, rest /= Crockford.Length)
        {
            digits[i] = Crockford[rest % Crockford.Length];
        }

        return "01JQ8Z" + new string(digits);
    }
}
