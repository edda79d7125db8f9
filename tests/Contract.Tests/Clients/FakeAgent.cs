using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>
/// Stands in for an agent and for a reviewer: a process in the workspace, which does what was arranged for its work package.
/// </summary>
/// <param name="sandbox">Where the project is.</param>
/// <param name="branchOf">The branch to make a workspace for, where the host has made none; null for a plain directory, in which nothing is committed.</param>
internal sealed class FakeAgent(Sandbox sandbox, Func<string, string>? branchOf = null)
{
    /// <summary>The agent ends with an error.</summary>
    internal const string Fails = "fails";

    /// <summary>The reviewer asks for changes.</summary>
    internal const string Rejects = "rejects";

    private readonly Dictionary<string, Queue<string>> _plans = new(StringComparer.Ordinal);

    /// <summary>Arranges what becomes of the first runs for a work package; all later ones go well.</summary>
    internal FakeAgent Plan(string wp, params string[] outcomes)
    {
        _plans[wp] = new Queue<string>(outcomes);
        return this;
    }

    /// <summary>Implements a work package. Whether it went well.</summary>
    internal async Task<bool> ImplementAsync(string wp, string workspace)
    {
        if (!Directory.Exists(workspace))
        {
            await MakeAsync(wp, workspace);
        }

        var status = TakeIf(wp, Fails) ? 1 : 0;
        var commit = File.Exists(Path.Combine(workspace, ".git")) ? $"git add {wp}.txt && git commit -q -m 'work on {wp}' &&" : "";
        var result = await Spawn.RunAsync("/bin/sh", ["-c", $"echo 'by an agent' >> {wp}.txt && {commit} exit {status}"], workspace, sandbox.Environment);
        if (result.ExitStatus != status)
        {
            throw new InvalidOperationException($"the agent of {wp} ended with {result.ExitStatus}: {result.StderrText}");
        }

        return status == 0;
    }

    /// <summary>Reviews a work package. Whether it is approved.</summary>
    internal bool Review(string wp) => !TakeIf(wp, Rejects);

    private async Task MakeAsync(string wp, string workspace)
    {
        if (branchOf is null)
        {
            Directory.CreateDirectory(workspace);
        }
        else
        {
            await sandbox.GitAsync("worktree", "add", "-q", "-b", branchOf(wp), workspace, "main");
        }
    }

    private bool TakeIf(string wp, string outcome) =>
        _plans.TryGetValue(wp, out var plan) && plan.TryPeek(out var next) && next == outcome && plan.Dequeue() == outcome;
}
