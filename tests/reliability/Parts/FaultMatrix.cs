using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// Every system call that a mutation makes fails once, each in a run of its own: the first of its name, the second, and on until a run in which there was none left
/// to fail. Each takes one errno, another one at each place and with each seed; in a long run every one.
/// </summary>
internal sealed class FaultMatrix : Part
{
    private static readonly string[] Errors = ["ENOSPC", "EIO", "EROFS", "EDQUOT", "EMFILE", "ENOMEM", "EACCES", "EINTR"];

    public override string Name => "faults";

    public override string Subject => "each system call of each mutation fails, with one of eight errnos at each place, --long with each";

    public override void Run(Options options, Report report)
    {
        bool all = options.Scale == Scale.Long;
        var trials = new List<(Mutation Mutation, string Call, int First)>();
        var spawning = new List<(Mutation Mutation, string Error)>();
        int points = 0;
        var mutations = Mutations.All.Where(m => options.Matches(m.Name)).ToList();
        foreach (var mutation in mutations)
        {
            var own = Tracing.OwnCalls(mutation);
            foreach (var (call, first) in own)
            {
                points++;
                trials.Add((mutation, call, first));
            }

            if (own.ContainsKey("pidfd_open"))
            {
                var errors = options.Scale == Scale.Sample ? [Errors[(points + options.Seed) % Errors.Length]] : Errors;
                spawning.AddRange(errors.Select(e => (mutation, e)));
            }
        }

        Work.Each(options.Share(trials, 4), options.Jobs, trial =>
        {
            // A sample takes every third, others each time, of one name in four.
            const int Sane = 1000;
            int stride = options.Count(3, 1, 1);
            for (int n = trial.First + (options.Seed % stride); n < Sane; n += stride)
            {
                // Which errno comes first, and so is followed to its end, is another one at each place.
                var errors = Enumerable.Range(0, all ? Errors.Length : 1).Select(i => Errors[(i + n + options.Seed) % Errors.Length]);
                var paths = new HashSet<string>(StringComparer.Ordinal);
                if (!errors.All(error => Try(report, trial.Mutation, trial.Call, error, n, paths)))
                {
                    break;
                }
            }
        });
        Work.Each(spawning, options.Jobs, trial => Exec(report, trial.Mutation, trial.Error));
        report.Figure("mutations", mutations.Count.ToString(CultureInfo.InvariantCulture));
        report.Figure("errnos", Errors.Length.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whoever is started cannot be executed: execve fails, in the child.</summary>
    private static void Exec(Report report, Mutation mutation, string error)
    {
        using var scene = mutation.Arrange();
        var aftermath = new Aftermath(mutation, scene);
        string git = Scene.Templates.Path.Split(':').Select(d => d + "/git").First(System.IO.File.Exists);
        string[] strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", git, "-e", "trace=execve", "-e", "inject=execve:error=" + error];
        var answer = scene.Call(mutation.Argv(scene), strace, mutation.Environment).Run();
        report.Tally("· execve of git: " + (answer.Succeeded ? "succeeded all the same" : $"{answer.Envelope.Reason} {answer.Envelope.Effect}"));
        report.Case(aftermath.Answered(answer) ?? aftermath.Again(), $"{mutation.Name}: execve of git fails with {error}", answer);
    }

    /// <summary>One run. Returns whether there was a call to fail.</summary>
    /// <param name="report">Where it is counted.</param>
    /// <param name="mutation">The mutation.</param>
    /// <param name="call">The system call that fails.</param>
    /// <param name="error">With what.</param>
    /// <param name="number">Which of them.</param>
    /// <param name="paths">What runs with other errnos at this place did and answered; what did just the same is not followed beyond its answer and the files as it left them.</param>
    private static bool Try(Report report, Mutation mutation, string call, string error, int number, HashSet<string> paths)
    {
        using var scene = mutation.Arrange();
        var aftermath = new Aftermath(mutation, scene);
        string trace = scene.Top + ".trace";

        // A close that is made to fail is not made: a git that waits for the end of its input waits for the deadline.
        string[] sooner = call == "close" ? ["SPEC_KITTY_DEADLINE_MS=8000"] : [];
        var answer = scene.Call(mutation.Argv(scene), Tracing.Disturb(trace, call, "error=" + error, number), [.. mutation.Environment, .. sooner]).Run();
        var traced = Tracing.Read(trace, call, number);
        System.IO.File.Delete(trace);
        string name = $"{mutation.Name}: {call} number {number} fails with {error}";
        if (!traced.Fired)
        {
            report.Case(answer.Succeeded ? null : "nothing failed, and yet it did", name, answer);
            return false;
        }

        string? problem;
        if (traced.Line.StartsWith("write(1<", StringComparison.Ordinal) && error != "EINTR")
        {
            // The answer itself could not be given: the exit status is all that is left to say it.
            problem = answer.Output.Length != 0 ? "a partial answer" : aftermath.Unharmed()
                ?? ((answer.ExitCode == 0) == (aftermath.Seen == Seen.Done) ? null : $"exit {answer.ExitCode}, and the scene shows {aftermath.Seen}");
            report.Tally("answer not deliverable");
        }
        else
        {
            problem = aftermath.Answered(answer, call == "getcwd") ?? Synced(mutation, traced, answer);
            report.Tally("· " + (answer.Succeeded ? "succeeded all the same" : $"{answer.Envelope.Reason} {answer.Envelope.Effect}"));
        }

        bool isKnown = !paths.Add($"{answer.ExitCode} {aftermath.Trail(answer)} {Tracing.Path(traced)}");
        report.Tally(isKnown ? "judged by the answer and the files, the path being another errno's" : "followed through the retry and what comes after");
        problem ??= isKnown ? null : aftermath.Again();
        report.Case(problem, name, traced.Line + "\n     " + answer);
        return true;
    }

    /// <summary>A failed sync of the log or its directory leaves the call undecided, and is not tried again.</summary>
    private static string? Synced(Mutation mutation, Traced traced, Answer answer)
    {
        bool isSync = traced.Line.StartsWith("fsync(", StringComparison.Ordinal) || traced.Line.StartsWith("fdatasync(", StringComparison.Ordinal);
        if (!isSync)
        {
            return null;
        }

        string descriptor = traced.Line[traced.Line.IndexOf('(', StringComparison.Ordinal)..(traced.Line.IndexOf(')', StringComparison.Ordinal) + 1)];
        bool retried = traced.After.Any(l => (l.StartsWith("fsync(", StringComparison.Ordinal) || l.StartsWith("fdatasync(", StringComparison.Ordinal)) && l.Contains(descriptor, StringComparison.Ordinal));
        if (traced.Line.StartsWith("fdatasync(", StringComparison.Ordinal) && traced.Line.Contains("/status.events.jsonl>", StringComparison.Ordinal) && mutation.WritesLog && !traced.Line.Contains("EINTR", StringComparison.Ordinal) && answer.Envelope.Effect != "indeterminate")
        {
            return $"a failed sync of the log, and effect {answer.Envelope.Effect}";
        }

        return retried && !traced.Line.Contains("EINTR", StringComparison.Ordinal) ? "a failed sync was tried again" : null;
    }
}
