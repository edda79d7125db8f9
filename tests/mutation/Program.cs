using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SpecKitty.Mutation;

/// <summary>Breaks the product, one change at a time, and asks its tests whether they notice. The last line is the score.</summary>
internal static class Program
{
    private const int Seed = 1;

    /// <summary>A mutant that survives costs all of its tests: those that take more, in milliseconds of a processor, are only asked about survivors, when those are tried again.</summary>
    private const double MostAtFirst = 2000;

    private static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var folders = new Folders(args.Length > 1 ? args[1] : ".");
        string part = args.Length > 3 ? args[3] : "";
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
                return Run(folders, int.Parse(args[2], CultureInfo.InvariantCulture), part, args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 1, isAgain: false);
            case "again":
                return Run(folders, int.Parse(args[2], CultureInfo.InvariantCulture), part, 1, isAgain: true);
            case "report":
                var mutants = Mutants(folders);
                return Report(folders, mutants, new Results(folders, mutants));
            default:
                Console.WriteLine("usage: check|report|run|again ROOT [JOBS [PART [N, for one mutant of N]]]");
                return 2;
        }
    }

    private static IReadOnlyList<Mutant> Mutants(Folders folders)
    {
        var mutants = MutatedProduct.Build(folders);
        File.WriteAllLines(Path.Combine(folders.Work, "mutants.txt"), mutants.Select(static mutant => $"{mutant.Id} | {mutant}"));
        return mutants;
    }

    private static int Run(Folders folders, int jobs, string part, int oneOf, bool isAgain)
    {
        var mutants = Mutants(folders);
        var results = new Results(folders, mutants);
        var chosen = Sample([.. mutants.Where(mutant => part.Split('|').Any(one => mutant.Room == one || mutant.File.Contains(one, StringComparison.Ordinal)))], oneOf);
        var supervisor = new Supervisor(folders, jobs);
        var tests = supervisor.Cover(mutants.Count);
        File.WriteAllLines(Path.Combine(folders.Work, "tests.txt"), tests.OrderByDescending(static test => test.Time).Select(static test => $"{test.Time,8:F1} ms {test.Effort,8:F1} ms of a processor {test.Name} reaches {test.Reaches.Count}"));
        Console.WriteLine($"{tests.Count} tests reach a mutant");
        int count = 0, survived = 0;
        var known = new Survivors(Path.Combine(folders.Root, "tests/mutation/survivors.txt"));

        // At random: one that is ended has tried a sample.
        var waiting = chosen.Where(mutant => isAgain ? results.IsTried(mutant) && !results.IsNoticed(mutant) && !known.Have(mutant) : !results.IsTried(mutant)).ToArray();
        new Random(Seed).Shuffle(waiting);
        supervisor.Run(waiting, [.. tests.Where(test => isAgain || test.Effort <= MostAtFirst)], (mutant, noticed, reached) =>
        {
            // Some tests are not enough to say that nothing notices it.
            if (noticed is not null || TestCase.Asked is null)
            {
                results.Add(mutant, noticed, reached);
            }

            lock (chosen)
            {
                count++;
                if (noticed is null)
                {
                    survived++;
                    Console.WriteLine((reached == 0 ? "not reached: " : "survives: ") + mutant);
                }

                if (count % 50 == 0)
                {
                    Console.WriteLine($"{count} tried, {survived} survived");
                }
            }
        });
        return Report(folders, chosen, results);
    }

    /// <summary>One of so many, at random but always the same ones, in the order of the sources.</summary>
    private static IReadOnlyList<Mutant> Sample(Mutant[] mutants, int oneOf)
    {
        new Random(Seed).Shuffle(mutants);
        return [.. mutants.Take((mutants.Length + oneOf - 1) / oneOf).OrderBy(static mutant => mutant.Id)];
    }

    private static int Report(Folders folders, IReadOnlyList<Mutant> mutants, Results results)
    {
        var known = new Survivors(Path.Combine(folders.Root, "tests/mutation/survivors.txt"));
        foreach (var survivor in mutants.Where(mutant => results.IsTried(mutant) && !results.IsNoticed(mutant) && !known.Have(mutant)))
        {
            Console.WriteLine("survived: " + survivor);
        }

        Console.WriteLine("\n| what was broken | mutants | tried | noticed | of those tried | in survivors.txt | of the others |\n|---|---:|---:|---:|---:|---:|---:|");
        foreach (var room in mutants.GroupBy(static mutant => mutant.Room))
        {
            Console.WriteLine(Row(room.Key, [.. room], results, known));
        }

        Console.WriteLine(Row("all", mutants, results, known));
        int tried = mutants.Count(results.IsTried), noticed = mutants.Count(results.IsNoticed);
        Console.WriteLine($"score {Percent(noticed, tried)}");
        return noticed >= 0.9 * tried ? 0 : 1;
    }

    private static string Row(string name, IReadOnlyList<Mutant> mutants, Results results, Survivors known)
    {
        int tried = mutants.Count(results.IsTried), noticed = mutants.Count(results.IsNoticed);
        int equivalent = mutants.Count(mutant => results.IsTried(mutant) && !results.IsNoticed(mutant) && known.Have(mutant));
        return $"| {name} | {mutants.Count} | {tried} | {noticed} | {Percent(noticed, tried)} | {equivalent} | {Percent(noticed, tried - equivalent)} |";
    }

    private static string Percent(int part, int whole) => whole == 0 ? "" : $"{100.0 * part / whole:F1} %";
}
