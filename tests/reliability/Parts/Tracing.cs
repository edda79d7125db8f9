using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// strace around one call, on its main thread, where all its work is done. The call's own part begins with getcwd, the first thing that
/// the executable asks for after the runtime has started; what is before that is the runtime's.
/// </summary>
internal static class Tracing
{
    /// <summary>Calls about memory, threads and the process itself: no faults of a disk, and the runtime's business.</summary>
    private static readonly HashSet<string> NotOurs = new(StringComparer.Ordinal)
    {
        "mmap", "munmap", "mprotect", "madvise", "mremap", "brk", "futex", "exit_group", "exit", "getpid", "gettid", "rt_sigaction", "rt_sigprocmask",
        "rt_sigreturn", "sigaltstack", "sched_getaffinity", "sched_yield", "prlimit64", "set_robust_list", "rseq", "clock_gettime", "ioctl", "getuid", "geteuid", "membarrier",
    };

    private const string Marker = "getcwd";

    /// <summary>The names of the system calls in a call's own part, each with the number of the first there, counted from the process's start.</summary>
    public static SortedDictionary<string, int> OwnCalls(Mutation mutation)
    {
        using var scene = mutation.Arrange();
        return OwnCalls(scene, mutation.Argv(scene), mutation.Environment);
    }

    public static SortedDictionary<string, int> OwnCalls(Scene scene, string[] argv, params string[] environment)
    {
        string trace = scene.Top + "/trace";
        var answer = scene.Call(argv, ["strace", "-qq", "-o", trace], environment).Run();
        if (!answer.Succeeded)
        {
            throw new InvalidOperationException($"a call does not succeed undisturbed: {answer}");
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var own = new SortedDictionary<string, int>(StringComparer.Ordinal);
        bool begun = false;
        foreach (string line in File.ReadLines(trace))
        {
            string name = NameOf(line);
            if (name.Length == 0)
            {
                continue;
            }

            counts[name] = counts.GetValueOrDefault(name) + 1;
            begun = begun || name == Marker;
            if (begun && !NotOurs.Contains(name))
            {
                own.TryAdd(name, counts[name]);
            }
        }

        return own;
    }

    /// <summary>Options of strace for one disturbance; the trace has every call.</summary>
    public static string[] Disturb(string trace, string call, string what, int number) =>
        ["strace", "-qq", "-y", "-o", trace, "-e", $"inject={call}:{what}:when={number}"];

    /// <summary>What a trace shows.</summary>
    public static Traced Read(string trace, string call, int number)
    {
        string[] lines = File.Exists(trace) ? File.ReadAllLines(trace) : [];
        int marker = Array.FindIndex(lines, l => NameOf(l) == Marker);
        int seen = 0;
        int hit = Array.FindIndex(lines, l => l.EndsWith("(INJECTED)", StringComparison.Ordinal));
        if (hit < 0)
        {
            // Signals leave no such mark: it is the n-th of that name.
            hit = Array.FindIndex(lines, l => NameOf(l) == call && ++seen == number);
            hit = hit >= 0 && lines.Skip(hit).Any(l => l.StartsWith("---", StringComparison.Ordinal) || l.StartsWith("+++", StringComparison.Ordinal)) ? hit : -1;
        }

        return new Traced(hit >= 0, marker >= 0 && hit >= marker, hit >= 0 ? lines[hit] : "", hit >= 0 ? lines[(hit + 1)..] : []);
    }

    /// <summary>
    /// What a call did from the disturbance on: its system calls and whether each succeeded, repetitions left out. Two disturbances of one call with the same path and the same answer
    /// leave the same behind.
    /// </summary>
    public static string Path(Traced traced)
    {
        var path = new System.Text.StringBuilder();
        string last = "";
        foreach (string line in traced.After)
        {
            string name = NameOf(line);
            int answer = line.LastIndexOf(" = ", StringComparison.Ordinal);
            if (name.Length == 0 || NotOurs.Contains(name) || answer < 0)
            {
                continue;
            }

            string step = name + (line[answer + 3] == '-' ? line[(answer + 3)..] : "") + ";";
            path.Append(step == last ? "" : step);
            last = step;
        }

        return path.ToString();
    }

    private static string NameOf(string line)
    {
        int end = line.IndexOf('(', StringComparison.Ordinal);
        return end > 0 && char.IsAsciiLetter(line[0]) ? line[..end] : "";
    }
}

/// <summary>What a trace shows of a disturbance.</summary>
/// <param name="Fired">Whether it happened.</param>
/// <param name="Own">Whether it happened in the call's own part.</param>
/// <param name="Line">The disturbed system call as strace writes it.</param>
/// <param name="After">What followed.</param>
internal sealed record Traced(bool Fired, bool Own, string Line, string[] After);
