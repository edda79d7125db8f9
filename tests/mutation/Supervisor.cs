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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private const int TimesItsTime = 20;
    private static readonly TimeSpan PatienceUnbroken = TimeSpan.FromMinutes(6);
    private readonly Folders _folders;
    private readonly int _jobs;

    public Supervisor(Folders folders, int jobs)
    {
        _folders = folders;
        _jobs = jobs;
    }

    /// <summary>Of every test that passes: how long it takes, and the mutants it reaches.</summary>
    public IReadOnlyList<(int Test, double Time, HashSet<int> Reaches)> Cover(int mutants)
    {
        using var worker = new WorkerProcess(_folders);
        worker.Tell("cover " + mutants.ToString(CultureInfo.InvariantCulture));
        var tests = new List<(int, double, HashSet<int>)>();
        while (worker.Hear(PatienceUnbroken) is { } line && line != "done")
        {
            string[] words = line.Split(' ');
            if (words[1] == "failed")
            {
                Console.WriteLine("not used, since it fails without a mutant: " + line);
                continue;
            }

            var reaches = words[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static id => int.Parse(id, CultureInfo.InvariantCulture)).ToHashSet();
            if (reaches.Count > 0)
            {
                tests.Add((int.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture), reaches));
            }
        }

        return tests;
    }

    /// <summary>What became of each mutant: null if nothing noticed it, else what did.</summary>
    /// <param name="mutants">Those to try.</param>
    /// <param name="tests">What <see cref="Cover"/> said.</param>
    /// <param name="noticed">Those that need no trial, by what they are, with what noticed them before.</param>
    public IReadOnlyDictionary<int, string?> Run(IReadOnlyList<Mutant> mutants, IReadOnlyList<(int Test, double Time, HashSet<int> Reaches)> tests, IReadOnlyDictionary<string, string> noticed)
    {
        var results = new ConcurrentDictionary<int, string?>(mutants.Where(mutant => noticed.ContainsKey(mutant.ToString())).Select(mutant => KeyValuePair.Create(mutant.Id, (string?)noticed[mutant.ToString()])));
        var waiting = new ConcurrentQueue<Mutant>(mutants.Where(mutant => !results.ContainsKey(mutant.Id)));
        var threads = Enumerable.Range(0, _jobs).Select(_ => new Thread(() => Work(waiting, tests, results, mutants.Count))).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        return results;
    }

    private void Work(ConcurrentQueue<Mutant> waiting, IReadOnlyList<(int Test, double Time, HashSet<int> Reaches)> tests, ConcurrentDictionary<int, string?> results, int count)
    {
        WorkerProcess? worker = null;
        while (waiting.TryDequeue(out var mutant))
        {
            // The quickest first: most mutants are noticed by something small.
            var chosen = tests.Where(test => test.Reaches.Contains(mutant.Id)).OrderBy(static test => test.Time).ToList();
            results[mutant.Id] = chosen.Count == 0 ? null : Ask(ref worker, mutant, chosen);
            if (results[mutant.Id] is null)
            {
                Console.WriteLine("survives: " + mutant);
            }

            if (results.Count % 50 == 0)
            {
                Console.WriteLine($"{results.Count} of {count}, {results.Count(static r => r.Value is null)} survived");
            }
        }

        worker?.Dispose();
    }

    private string? Ask(ref WorkerProcess? worker, Mutant mutant, IReadOnlyList<(int Test, double Time, HashSet<int> Reaches)> tests)
    {
        bool isFresh = worker is null;
        worker ??= new WorkerProcess(_folders);
        worker.Tell(mutant.Id.ToString(CultureInfo.InvariantCulture) + " " + string.Join(' ', tests.Select(static test => test.Test)));
        string? line = worker.Hear(Patience);
        for (int i = 0; line is not null && line.StartsWith("at ", StringComparison.Ordinal); i++)
        {
            // A test that fails is run once more without the mutant before there is a word of it.
            line = worker.Hear(Patience + TimeSpan.FromMilliseconds(TimesItsTime * tests[i].Time));
        }

        if (line == "survived")
        {
            return null;
        }

        if (line?.StartsWith("killed", StringComparison.Ordinal) == true)
        {
            return line;
        }

        // Spoiled, dead or hanging: only what a fresh process says counts.
        worker.Dispose();
        worker = null;
        return isFresh ? line ?? "killed: it hung, or ended the process" : Ask(ref worker, mutant, tests);
    }
}
