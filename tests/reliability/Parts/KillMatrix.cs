using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// A signal arrives at every system call that a mutation makes, one a run: SIGKILL, SIGTERM, SIGINT. Where the mutation starts git, SIGKILL once hits the call
/// alone, whose git lives on for a moment, and once everybody at the same instant, as when a container ends. Each call takes one of them, another one at each place and with
/// each seed; in a long run all.
/// </summary>
internal sealed class KillMatrix : Part
{
    private static readonly (string Name, int Number, bool All)[] Signals =
    [
        ("SIGKILL", Native.SigKill, false), ("SIGKILL", Native.SigKill, true), ("SIGTERM", Native.SigTerm, false), ("SIGINT", Native.SigInt, false),
    ];

    /// <summary>In a process namespace of its own, whose first process takes all others with it.</summary>
    private static readonly string[] Alone = ["unshare", "--pid", "--fork"];

    public override string Name => "kills";

    public override string Subject => "SIGKILL, SIGTERM or SIGINT at each system call of each mutation, --long each of them";

    public override void Run(Options options, Report report)
    {
        var trials = new List<(Mutation Mutation, string Call, int First, List<(string Name, int Number, bool All)> Signals)>();
        var mutations = Mutations.All.Where(m => options.Matches(m.Name)).ToList();
        foreach (var mutation in mutations)
        {
            var own = Tracing.OwnCalls(mutation);
            bool spawns = own.ContainsKey("pidfd_open");
            foreach (var (call, first) in own)
            {
                trials.Add((mutation, call, first, Signals.Where(s => spawns || !s.All).ToList()));
            }
        }

        Work.Each(options.Share(trials, 4), options.Jobs, trial =>
        {
            // A sample takes every third, others each time, of one name in four.
            const int Sane = 1000;
            int stride = options.Count(3, 1, 1);
            bool hasFired = true;
            for (int n = trial.First + (options.Seed % stride); n < Sane && hasFired; n += stride)
            {
                var paths = new HashSet<string>(StringComparer.Ordinal);
                // One of them, another one at each place, and all of them in a long run.
                var signals = options.Scale == Scale.Long ? trial.Signals : [trial.Signals[(n + options.Seed) % trial.Signals.Count]];
                hasFired = signals.TrueForAll(signal => Try(report, trial.Mutation, trial.Call, signal, n, paths));
            }
        });
        report.Figure("mutations", mutations.Count.ToString(CultureInfo.InvariantCulture));
    }

    private static bool Try(Report report, Mutation mutation, string call, (string Name, int Number, bool All) signal, int number, HashSet<string> paths)
    {
        using var scene = mutation.Arrange();
        var aftermath = new Aftermath(mutation, scene);
        string trace = scene.Top + ".trace";
        var answer = scene.Call(mutation.Argv(scene), [.. signal.All ? Alone : [], .. Tracing.Disturb(trace, call, "signal=" + signal.Name, number)], mutation.Environment).Run();
        var traced = Tracing.Read(trace, call, number);
        File.Delete(trace);
        string name = $"{mutation.Name}: {signal.Name}{(signal.All ? " of all" : "")} at {call} number {number}";
        if (!traced.Fired)
        {
            report.Case(answer.Succeeded ? null : "no signal, and yet it failed", name, answer);
            return false;
        }

        string indexLock = scene.Root + "/.git/index.lock";
        if (signal.All && File.Exists(indexLock))
        {
            // git died with the user's index in its hand. Whose lock that is nobody can tell from outside: it is left to the user, and calls go on without a commit.
            report.Tally("the user's index left locked by a git that was killed too");
            File.Delete(indexLock);
        }

        string? problem = signal.Number == Native.SigKill ? Killed(aftermath) : Asked(aftermath, answer, signal.Number, report);

        // SIGINT takes the way of SIGTERM wherever it did the same and left the same.
        bool isKnown = signal.Number != Native.SigKill && !paths.Add($"{aftermath.Trail(answer)} {Tracing.Path(traced)}");
        report.Case(problem ?? (isKnown ? null : aftermath.Again()), name, traced.Line + "\n     " + answer);
        return true;
    }

    private static string? Killed(Aftermath aftermath) => aftermath.Unharmed() ?? (aftermath.Seen == Seen.Wrong ? "a part of the call took effect" : null);

    /// <summary>Asked to end: it finishes, or rolls back and says INTERRUPTED. Before it watches, the kernel ends it and nothing has happened.</summary>
    private static string? Asked(Aftermath aftermath, Answer answer, int signal, Report report)
    {
        if (answer.Signal == signal)
        {
            report.Tally("ended by the kernel before the call watches for signals");
            return aftermath.Unharmed() ?? (aftermath.Seen != Seen.Nothing ? $"no answer, and the scene shows {aftermath.Seen}"
                : aftermath.Untouched() is { Length: > 0 } changes ? "no answer, and " + changes : null);
        }

        if (aftermath.Answered(answer) is { } problem)
        {
            return problem;
        }

        if (answer.Succeeded)
        {
            report.Tally("finished");
            return null;
        }

        report.Tally("INTERRUPTED, effect " + answer.Envelope.Effect);
        return answer.Envelope.Reason != "INTERRUPTED" ? "a signal is answered with " + answer.Envelope.Reason
            : answer.ExitCode != 128 + signal ? $"exit {answer.ExitCode}" : null;
    }
}
