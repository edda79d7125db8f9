using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// Faults before the first line of the executable's own code: in the loader and in the runtime. Whoever dies there cannot answer, and
/// that is allowed for these alone; each is listed. Nothing may have changed, and the next call works.
/// </summary>
internal sealed class StartUp : Part
{
    private static readonly string[] Errors = ["ENOMEM", "EMFILE", "EIO", "EACCES", "EINTR"];

    public override string Name => "start-up";

    public override string Subject => "each system call of the loader and the runtime before the call begins fails";

    public override void Run(Options options, Report report)
    {
        var mutation = Mutations.OfStatus.First(m => m.Name == "transition");
        var trials = new List<(string Call, int Number, string Error)>();
        using (var scene = new Scene(mutation.Kind))
        {
            string trace = scene.Top + "/trace";
            scene.Call(Calls.State(), ["strace", "-qq", "-o", trace]).Run();
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (string line in File.ReadLines(trace).TakeWhile(l => !l.StartsWith("getcwd(", StringComparison.Ordinal)))
            {
                int end = line.IndexOf('(', StringComparison.Ordinal);
                string name = end > 0 ? line[..end] : "";
                if (name.Length == 0 || name is "execve" or "exit_group")
                {
                    continue;
                }

                counts[name] = counts.GetValueOrDefault(name) + 1;
                var errors = options.Scale == Scale.Long ? Errors : options.Scale == Scale.Normal ? Errors[..2] : [Errors[(trials.Count + options.Seed) % Errors.Length]];
                if (options.Scale != Scale.Sample || (trials.Count + options.Seed) % 3 == 0)
                {
                    trials.AddRange(errors.Select(e => (name, counts[name], e)));
                }
                else
                {
                    trials.Add(("", 0, ""));
                }
            }
        }

        trials.RemoveAll(t => t.Call.Length == 0);
        var died = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Work.Each(trials, options.Jobs, trial =>
        {
            using var scene = new Scene(mutation.Kind);
            var aftermath = new Aftermath(mutation, scene);
            string trace = scene.Top + ".trace";
            var answer = scene.Call(mutation.Argv(scene), Tracing.Disturb(trace, trial.Call, "error=" + trial.Error, trial.Number)).Run();
            var traced = Tracing.Read(trace, trial.Call, trial.Number);
            File.Delete(trace);
            string? problem;
            if (answer.Envelope.Problem is null)
            {
                problem = aftermath.Answered(answer);
                report.Tally("answered all the same");
            }
            else if (traced.Own || !traced.Fired)
            {
                problem = "no envelope: " + answer.Envelope.Problem;
            }
            else
            {
                report.Tally("died before the call began");
                problem = answer.Output.Length > 0 ? "a part of an answer" : answer.ExitCode == 0 ? "exit 0 without an answer"
                    : aftermath.Unharmed() ?? (aftermath.Untouched() is { Length: > 0 } changes ? "no answer, and " + changes : null);
                lock (died)
                {
                    string how = $"{trial.Call} {Argument(traced.Line)}: {(answer.Signal != 0 ? "signal " + answer.Signal : "exit " + answer.ExitCode)}";
                    died[how] = died.GetValueOrDefault(how) + 1;
                }
            }

            report.Case(problem ?? aftermath.Again(), $"{trial.Call} number {trial.Number} fails with {trial.Error}", traced.Line + "\n     " + answer);
        });
        foreach (var (how, times) in died)
        {
            report.Tally("· died in start-up: " + how, times);
        }
    }

    /// <summary>The path in a traced line, or nothing: addresses change.</summary>
    private static string Argument(string line)
    {
        int start = line.IndexOf('"', StringComparison.Ordinal);
        int end = start < 0 ? -1 : line.IndexOf('"', start + 1);
        return end < 0 ? "" : line[start..(end + 1)];
    }
}
