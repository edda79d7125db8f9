using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SpecKitty.Mutation;

/// <summary>Breaks the product, one change at a time, and asks its tests whether they notice. The last line is the score.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var folders = new Folders(args.Length > 1 ? args[1] : ".");
        switch (args.FirstOrDefault())
        {
            case "worker":
                // What a test prints is not meant for the supervisor.
                var output = new StreamWriter(Console.OpenStandardOutput());
                Console.SetOut(TextWriter.Null);
                new Worker(folders, Console.In, output).Run();
                return 0;
            case "check":
                return Mutants(folders).Count > 0 ? 0 : 1;
            case "run":
                return Run(folders, int.Parse(args[2], CultureInfo.InvariantCulture), args.Length > 3 ? args[3] : "", args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 1, new Dictionary<string, string>());
            case "again":
                return Run(folders, int.Parse(args[2], CultureInfo.InvariantCulture), "", 1, Results.Noticed(folders));
            default:
                Console.WriteLine("usage: check|run|again ROOT [JOBS [PART-OF-A-FILE-NAME [N, for one mutant of N]]]");
                return 2;
        }
    }

    private static IReadOnlyList<Mutant> Mutants(Folders folders)
    {
        var mutants = MutatedProduct.Build(folders);
        File.WriteAllLines(Path.Combine(folders.Work, "mutants.txt"), mutants.Select(static mutant => $"{mutant.Id} | {mutant}"));
        return mutants;
    }

    private static int Run(Folders folders, int jobs, string only, int oneOf, IReadOnlyDictionary<string, string> before)
    {
        var mutants = Mutants(folders);
        var supervisor = new Supervisor(folders, jobs);
        var tests = supervisor.Cover(mutants.Count);
        Console.WriteLine($"{tests.Count} tests reach a mutant");
        var chosen = Sample([.. mutants.Where(mutant => mutant.File.Contains(only, StringComparison.Ordinal))], oneOf);
        var results = supervisor.Run(chosen, tests, before);
        var known = Survivors.Load(Path.Combine(folders.Root, "tests/mutation/survivors.txt"));
        Results.Save(folders, chosen.Select(mutant => (mutant, results[mutant.Id] ?? (tests.Any(t => t.Reaches.Contains(mutant.Id)) ? Results.Survived : Results.Survived + ", never reached"))));
        Console.WriteLine("\n| what was broken | mutants | noticed | score |\n|---|---:|---:|---:|");
        foreach (var room in chosen.GroupBy(static mutant => mutant.Room))
        {
            Console.WriteLine(Row(room.Key, [.. room], results));
        }

        Console.WriteLine(Row("all", chosen, results));
        foreach (var survivor in chosen.Where(mutant => results[mutant.Id] is null && !known.Contains(mutant.Key)))
        {
            Console.WriteLine("survived: " + survivor);
        }

        int noticed = chosen.Count(mutant => results[mutant.Id] is not null);
        Console.WriteLine($"score {100.0 * noticed / chosen.Count:F1} %");
        return noticed >= 0.9 * chosen.Count ? 0 : 1;
    }

    /// <summary>One of so many, at random but always the same ones, in the order of the sources.</summary>
    private static List<Mutant> Sample(Mutant[] mutants, int oneOf)
    {
        const int Seed = 1;
        new Random(Seed).Shuffle(mutants);
        return [.. mutants.Take((mutants.Length + oneOf - 1) / oneOf).OrderBy(static mutant => mutant.Id)];
    }

    private static string Row(string name, List<Mutant> mutants, IReadOnlyDictionary<int, string?> results)
    {
        int noticed = mutants.Count(mutant => results[mutant.Id] is not null);
        return $"| {name} | {mutants.Count} | {noticed} | {100.0 * noticed / mutants.Count:F1} % |";
    }
}
