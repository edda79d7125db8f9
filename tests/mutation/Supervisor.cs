using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace SpecKitty.Mutation;

/// <summary>Hands mutants to workers, ends those that hang, and starts new ones for those that died.</summary>
internal sealed class Supervisor
{
    /// <summary>What a test gets beyond many times its own time, on a busy machine, before it counts as hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);
    private const int TimesItsTime = 10;
    private static readonly TimeSpan PatienceUnbroken = TimeSpan.FromMinutes(6);

    private readonly Folders _folders;
    private readonly int _jobs;

    /// <summary>How many mutants of a file a test has noticed: it may well notice the next.</summary>
    private readonly ConcurrentDictionary<(string File, string Test), int> _merits = new();

    public Supervisor(Folders folders, int jobs)
    {
        _folders = folders;
        _jobs = jobs;
    }

    /// <summary>Of every test that passes: how long it takes, and the mutants it reaches.</summary>
    public IReadOnlyList<CoveringTest> Cover(int mutants)
    {
        using var worker = new WorkerProcess(_folders);
        worker.Tell("cover " + mutants.ToString(CultureInfo.InvariantCulture));
        var tests = new List<CoveringTest>();
        while (worker.Hear(PatienceUnbroken) is { } line && line != "done")
        {
            string[] words = line.Split(' ');
            if (words[1] == "failed")
            {
                Console.WriteLine("not used, since it fails without a mutant: " + line);
                continue;
            }

            var reaches = words[4].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static id => int.Parse(id, CultureInfo.InvariantCulture)).ToHashSet();
            if (reaches.Count > 0)
            {
                tests.Add(new CoveringTest(int.Parse(words[0], CultureInfo.InvariantCulture), words[3], Milliseconds(words[1]), Milliseconds(words[2]), reaches));
            }
        }

        return tests;
    }

    /// <summary>Tries mutants.</summary>
    /// <param name="mutants">Those to try.</param>
    /// <param name="tests">What <see cref="Cover"/> said.</param>
    /// <param name="tried">Told what became of each: what noticed it, null if nothing did, and how many tests reach it. By any thread.</param>
    public void Run(IReadOnlyList<Mutant> mutants, IReadOnlyList<CoveringTest> tests, Action<Mutant, string?, int> tried)
    {
        var waiting = new ConcurrentQueue<Mutant>(mutants);
        var threads = Enumerable.Range(0, _jobs).Select(_ => new Thread(() => Work(waiting, tests, tried))).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
    }

    private static double Milliseconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private void Work(ConcurrentQueue<Mutant> waiting, IReadOnlyList<CoveringTest> tests, Action<Mutant, string?, int> tried)
    {
        WorkerProcess? worker = null;
        while (waiting.TryDequeue(out var mutant))
        {
            // The quickest first: most mutants are noticed by something small. Before them the quick ones that noticed most of this file's.
            const double Quick = 100;
            var chosen = tests.Where(test => test.Reaches.Contains(mutant.Id))
                .OrderByDescending(test => test.Time < Quick ? _merits.GetValueOrDefault((mutant.File, test.Name)) : 0).ThenBy(static test => test.Time).ToList();
            tried(mutant, chosen.Count == 0 ? null : Ask(ref worker, mutant, chosen), chosen.Count);
        }

        worker?.Dispose();
    }

    private string? Ask(ref WorkerProcess? worker, Mutant mutant, List<CoveringTest> tests)
    {
        bool isFresh = worker is null;
        worker ??= new WorkerProcess(_folders);
        worker.Tell(mutant.Id.ToString(CultureInfo.InvariantCulture) + " " + string.Join(' ', tests.Select(static test => test.Number)));

        // Until it has loaded everything; the mutant has no part in that.
        string? line = worker.Hear(PatienceUnbroken);
        int at = -1;
        while (line is not null && line.StartsWith("at ", StringComparison.Ordinal))
        {
            // A test that fails is run once more without the mutant before there is a word of it.
            at++;
            line = worker.Hear(Patience + TimeSpan.FromMilliseconds(TimesItsTime * tests[at].Time));
        }

        if (line == "survived")
        {
            return null;
        }

        if (line?.StartsWith("killed", StringComparison.Ordinal) == true)
        {
            _merits.AddOrUpdate((mutant.File, tests[at].Name), 1, static (_, count) => count + 1);
            return line;
        }

        // Spoiled, dead or hanging: only what a fresh process says counts. It begins with the test at which this one did not get on.
        worker.Dispose();
        worker = null;
        return isFresh ? line ?? "killed: it hung, or ended the process, in " + (at < 0 ? "its start" : tests[at].Name) : Ask(ref worker, mutant, [.. tests.Skip(Math.Max(at, 0)), .. tests.Take(Math.Max(at, 0))]);
    }
}
