#!/usr/bin/env -S dotnet run
// Drives a mission from planned to done: dotnet run orchestrator.cs -- MISSION [AGENT …]
//
// Every work package is claimed, worked on by an agent in its lane's worktree, reviewed and approved; then the mission is accepted
// and merged. The agent is a command, run in the worktree with the work package's id behind it; without one a stand-in commits a file.
// Nothing but the .NET 10 SDK is needed, and spec-kitty on PATH.

#:property PublishAot=false

using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;

const string Policy = """
    {"orchestrator_id": "sample-csharp", "orchestrator_version": "1.0.0", "agent_family": "sample", "approval_mode": "never",
     "sandbox_mode": "workspace_write", "network_mode": "none", "dangerous_flags": []}
    """;
const string Review = """{"reviewer": "reviewer", "verdict": "approved", "reference": "review/1"}""";

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: orchestrator.cs MISSION [AGENT …]");
    return 2;
}

string mission = args[0];
try
{
    // <loop>
    for (var claim = Claim(); claim.GetProperty("claimed").GetBoolean(); claim = Claim())
    {
        string wp = claim.GetProperty("wp_id").GetString()!;
        Work(claim.GetProperty("workspace_path").GetString()!, wp);
        Call("transition", "--mission", mission, "--wp", wp, "--to", "for_review", "--actor", "coder", "--policy", Policy);
        Call("start-review", "--mission", mission, "--wp", wp, "--actor", "reviewer", "--policy", Policy);
        Call("transition", "--mission", mission, "--wp", wp, "--to", "approved", "--actor", "reviewer", "--policy", Policy, "--review-result-json", Review);
    }
    Call("accept-mission", "--mission", mission, "--actor", "lead");
    var merged = Call("merge-mission", "--mission", mission);
    JsonElement Claim() => Call("claim-next", "--mission", mission, "--actor", "coder", "--policy", Policy);
    // </loop>
    Console.WriteLine(string.Join(' ', merged.GetProperty("merged_wps").EnumerateArray()));
    return 0;
}
catch (InvalidOperationException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

// One call, one envelope: its data, or an exception that says what went wrong.
JsonElement Call(string command, params string[] flags)
{
    for (int attempt = 1; ; attempt++)
    {
        var envelope = JsonElement.Parse(Run(Environment.CurrentDirectory, "spec-kitty", ["orchestrator-api", command, .. flags]).Output);
        var data = envelope.GetProperty("data");
        if (envelope.GetProperty("success").GetBoolean())
        {
            return data;
        }

        bool mayRetry = data.GetProperty("retryable").GetBoolean() && data.GetProperty("effect").GetString() == "none";
        if (!mayRetry || attempt == 3)
        {
            throw new InvalidOperationException($"{command}: {data.GetProperty("reason_code")}: {data.GetProperty("message")}");
        }
    }
}

// What the agent does: commits on the lane's branch.
void Work(string directory, string wp)
{
    if (args.Length > 1)
    {
        Must(directory, args[1], [.. args[2..], wp]);
        return;
    }

    File.WriteAllText(Path.Combine(directory, $"{wp}.txt"), $"made by {wp}\n");
    Must(directory, "git", ["add", $"{wp}.txt"]);
    Must(directory, "git", ["commit", "-q", "-m", $"Work of {wp}"]);
}

static void Must(string directory, string executable, string[] arguments)
{
    if (Run(directory, executable, arguments).Status is not 0 and var status)
    {
        throw new InvalidOperationException($"{executable} ended with status {status}");
    }
}

static (int Status, string Output) Run(string directory, string executable, string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(executable, arguments)
    {
        WorkingDirectory = directory,
        Environment = { ["SPEC_KITTY_CONTRACT"] = "1.3.0" },
        RedirectStandardOutput = true,
    })!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (process.ExitCode, output);
}
