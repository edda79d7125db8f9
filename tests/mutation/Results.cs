using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SpecKitty.Mutation;

/// <summary>What a run found, a mutant a line, for people and for the run that tries only the survivors again.</summary>
internal static class Results
{
    public const string Survived = "SURVIVED";

    private const string Separator = " | ";

    public static void Save(Folders folders, IEnumerable<(Mutant Mutant, string Result)> results) =>
        File.WriteAllLines(Path(folders), results.Select(static result => result.Result + Separator + result.Mutant));

    /// <summary>
    /// What noticed the mutants of the last run, by what they are. Of mutants that look alike on one line all were noticed, or none is taken.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Noticed(Folders folders) =>
        File.ReadLines(Path(folders)).Select(static line => (Result: line, Mutant: line[(line.IndexOf(Separator + "src/", StringComparison.Ordinal) is >= 0 and var at ? at + Separator.Length : line.IndexOf(Separator + "artifacts/", StringComparison.Ordinal) + Separator.Length)..]))
            .GroupBy(static line => line.Mutant).Where(static same => same.All(static line => !line.Result.StartsWith(Survived, StringComparison.Ordinal)))
            .ToDictionary(static same => same.Key, static same => same.First().Result[..^(same.Key.Length + Separator.Length)], StringComparer.Ordinal);

    private static string Path(Folders folders) => System.IO.Path.Combine(folders.Work, "results.txt");
}
