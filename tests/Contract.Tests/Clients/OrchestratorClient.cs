using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>
/// Calls the executable as the reference client does (HOST §10.6): SPECIFY_REPO_ROOT and the project as working directory, one JSON parse of all of stdout, and
/// the members that it requires of each answer.
/// </summary>
internal sealed class OrchestratorClient
{
    private static readonly Dictionary<string, (string Name, JsonValueKind[] Kinds)[]> Required = new(StringComparer.Ordinal)
    {
        ["contract-version"] = [Text("api_version"), Text("min_supported_provider_version")],
        ["mission-state"] = [Text("mission_slug"), ("summary", [JsonValueKind.Object]), List("work_packages")],
        ["list-ready"] = [Text("mission_slug"), List("ready_work_packages")],
        ["start-implementation"] =
            [Text("mission_slug"), Text("wp_id"), Text("from_lane"), Text("to_lane"), Text("workspace_path"), Text("prompt_path"), Flag("policy_metadata_recorded"), Flag("no_op")],
        ["start-review"] = [Text("mission_slug"), Text("wp_id"), Text("from_lane"), Text("to_lane"), Text("prompt_path"), Flag("policy_metadata_recorded")],
        ["transition"] = [Text("mission_slug"), Text("wp_id"), Text("from_lane"), Text("to_lane"), Flag("policy_metadata_recorded")],
        ["append-history"] = [Text("mission_slug"), Text("wp_id"), Text("history_entry_id")],
        ["accept-mission"] = [Text("mission_slug"), Flag("accepted"), Text("mode"), Text("accepted_at")],
        ["merge-mission"] = [Text("mission_slug"), Flag("merged"), Text("target_branch"), Text("strategy"), List("merged_wps"), Flag("worktree_removed")],
        ["resolve-workspace"] = [Text("mission_slug"), Text("wp_id"), Text("workspace_path"), Text("prompt_path")],
    };

    private readonly Sandbox _sandbox;
    private readonly string _level;
    private readonly string _mission;

    internal OrchestratorClient(Sandbox sandbox, string mission, string level)
    {
        _sandbox = sandbox;
        _mission = mission;
        _level = level;
    }

    /// <summary>A call, checked; whether it succeeded is the caller's to say. One that may succeed later is made again: so many clients at once may wait too long for a lock.</summary>
    internal async Task<Call> CallAsync(string command, params string[] argv)
    {
        const int Tries = 50;
        string[] whole = command == "contract-version" ? [command, .. argv] : [command, "--mission", _mission, .. argv];
        for (var i = 1; ; i++)
        {
            var call = await _sandbox.ApiWithAsync([("SPECIFY_REPO_ROOT", _sandbox.Root), ("SPEC_KITTY_CONTRACT", _level)], whole);
            Check(command, call);
            if (call.Envelope.Success || !call.Data.GetProperty("retryable").GetBoolean() || i == Tries)
            {
                return call;
            }
        }
    }

    internal async Task<JsonElement> OkAsync(string command, params string[] argv) => (await CallAsync(command, argv)).Ok();

    /// <summary>The lane of each work package.</summary>
    internal async Task<Dictionary<string, string>> LanesAsync() => (await OkAsync("mission-state")).GetProperty("work_packages").EnumerateArray()
        .ToDictionary(item => item.GetProperty("wp_id").GetString()!, item => item.GetProperty("lane").GetString()!);

    internal async Task FailsAsync(string code, string command, params string[] argv)
    {
        var call = await CallAsync(command, argv);
        Harness.Contract.Equal(call.Envelope.ErrorCode, code, call.ToString());
    }

    /// <summary>A transition; this client sends its policy with every one.</summary>
    internal Task<JsonElement> MoveAsync(string wp, string lane, string actor, params string[] more) => OkAsync("transition", Move(wp, lane, actor, more));

    internal static string[] Move(string wp, string lane, string actor, params string[] more) =>
        ["--wp", wp, "--to", lane, "--actor", actor, "--policy", Policy.Valid, .. more];

    internal static string[] Claim(string wp, string actor) => ["--wp", wp, "--actor", actor, "--policy", Policy.Valid];

    internal async Task<string[]> ReadyAsync() => [.. (await OkAsync("list-ready")).GetProperty("ready_work_packages").EnumerateArray().Select(wp => wp.GetProperty("wp_id").GetString()!)];

    internal async Task<string> LaneAsync(string wp) => (await LanesAsync())[wp];

    internal Task NoteAsync(string wp, string note) => OkAsync("append-history", "--wp", wp, "--actor", "orchestrator", "--note", note);

    private void Check(string command, Call call)
    {
        // Seven keys, one line, strict JSON without a key twice, at most 1 MiB: reading the envelope checks it.
        var envelope = call.Envelope;
        Harness.Contract.Equal(envelope.ContractVersion, _level, "contract_version");
        Harness.Contract.Equal(string.Join('.', envelope.ContractVersion.Split('.').Select(int.Parse)), _level, "contract_version as integers");
        if (!envelope.Success)
        {
            Harness.Contract.Holds(call.Message.Length > 0, "a failure without a message");
            return;
        }

        foreach (var (name, kinds) in Required[command])
        {
            Harness.Contract.Holds(call.Data.TryGetProperty(name, out var member) && kinds.Contains(member.ValueKind), $"{command}: data.{name}: {call.StdoutText}");
        }

        switch (command)
        {
            case "contract-version":
                Harness.Contract.Equal(call.Text("api_version"), envelope.ContractVersion, "api_version");
                break;
            case "mission-state":
                foreach (var wp in call.Data.GetProperty("work_packages").EnumerateArray())
                {
                    _ = wp.GetProperty("wp_id").GetString()!.Length + wp.GetProperty("dependencies").EnumerateArray().Sum(d => d.GetString()!.Length);
                    Harness.Contract.Holds(wp.GetProperty("lane").ValueKind is JsonValueKind.String or JsonValueKind.Null, "lane");
                    Harness.Contract.Holds(wp.GetProperty("last_actor").ValueKind is JsonValueKind.String or JsonValueKind.Null, "last_actor");
                }

                break;
            case "start-implementation":
                Harness.Contract.Holds(Path.IsPathRooted(call.Text("workspace_path")) && File.Exists(call.Text("prompt_path")), "paths");
                break;
            case "list-ready":
                foreach (var wp in call.Data.GetProperty("ready_work_packages").EnumerateArray())
                {
                    _ = wp.GetProperty("wp_id").GetString()!.Length + wp.GetProperty("lane").GetString()!.Length;
                    Harness.Contract.Holds(wp.GetProperty("dependencies_satisfied").GetBoolean(), "dependencies_satisfied");
                }

                break;
            case "merge-mission":
                Harness.Contract.Holds(call.Data.GetProperty("merged_wps").EnumerateArray().All(wp => wp.ValueKind == JsonValueKind.String), "merged_wps");
                break;
            default:
                break;
        }
    }

    private static (string Name, JsonValueKind[] Kinds) Text(string name) => (name, [JsonValueKind.String]);

    private static (string Name, JsonValueKind[] Kinds) List(string name) => (name, [JsonValueKind.Array]);

    private static (string Name, JsonValueKind[] Kinds) Flag(string name) => (name, [JsonValueKind.True, JsonValueKind.False]);
}
