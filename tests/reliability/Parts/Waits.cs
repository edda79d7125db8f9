using System;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// Every hook of git that a call may run hangs, deaf to SIGTERM; the deadline still holds, the answer is true, nobody is left running, and without the hook the call
/// works.
/// </summary>
internal sealed class Waits : Part
{
    private const int DeadlineMilliseconds = 1500;

    /// <summary>The grace that git has to end, the time that taking back may need, and a busy machine.</summary>
    private const int Slack = 12_000;

    private static readonly string[] Hooks = ["pre-commit", "commit-msg", "post-commit", "post-checkout", "reference-transaction", "post-index-change", "pre-merge-commit", "post-merge"];

    public override string Name => "waits";

    public override string Subject => "hooks that hang, deaf to SIGTERM, at each mutation that runs git";

    public override void Run(Options options, Report report)
    {
        double latest = 0;
        var gate = new System.Threading.Lock();
        var trials = options.Share(Mutations.All.Where(m => m.Kind.Git && options.Matches(m.Name)).SelectMany(m => Hooks.Select(h => (Mutation: m, Hook: h))), 12);

        Work.Each(trials, options.Jobs, trial =>
        {
            using var scene = trial.Mutation.Arrange();
            string hook = scene.Root + "/.git/hooks/" + trial.Hook, ran = scene.Top + "/hook-ran";
            Directory.CreateDirectory(scene.Root + "/.git/hooks");
            File.WriteAllText(hook, $"#!/bin/sh\ntrap '' TERM\necho $$ >>'{ran}'\nsleep 600\n");
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var aftermath = new Aftermath(trial.Mutation, scene, "/.git/hooks", "/hook-ran");
            var answer = scene.Call(trial.Mutation.Argv(scene), null, [.. trial.Mutation.Environment, $"SPEC_KITTY_DEADLINE_MS={DeadlineMilliseconds}"]).Run();
            bool hasRun = File.Exists(ran);
            string? problem = answer.Milliseconds > DeadlineMilliseconds + Slack ? $"{answer.Milliseconds:F0} ms" : hasRun ? StillRuns(ran) : null;
            report.Tally(hasRun ? answer.Succeeded ? "succeeded all the same" : $"{answer.Envelope.Reason} {answer.Envelope.Effect}" : "no such hook runs");
            File.Delete(hook);
            File.Delete(ran);
            lock (gate)
            {
                latest = Math.Max(latest, answer.Milliseconds);
            }

            report.Case(problem ?? aftermath.Answered(answer) ?? aftermath.Again(), $"{trial.Mutation.Name}: {trial.Hook} hangs", answer);
        });
        report.Figure($"deadline {DeadlineMilliseconds} ms, latest answer", $"{latest:F0} ms");
    }

    /// <summary>Whether a hook is running still; what was killed gets a moment to go.</summary>
    private static string? StillRuns(string ran)
    {
        for (int tries = 0; tries < 200; tries++, Native.SleepMicroseconds(10_000))
        {
            if (!File.ReadAllLines(ran).Any(Runs))
            {
                return null;
            }
        }

        return "the hook still runs";
    }

    private static bool Runs(string process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
