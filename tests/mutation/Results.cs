using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SpecKitty.Mutation;

/// <summary>What became of every mutant that was tried, a line each, for people and for runs that go on from there. Written as it becomes known: a run may be ended.</summary>
internal sealed class Results
{
    private const string Survived = "SURVIVED";
    private const string Separator = " | ";

    private readonly string _path;
    private readonly IReadOnlyList<Mutant> _mutants;
    private readonly Dictionary<string, string> _results = [];

    /// <param name="folders">Where they are kept.</param>
    /// <param name="mutants">All that there are; results of others are dropped.</param>
    public Results(Folders folders, IReadOnlyList<Mutant> mutants)
    {
        _path = Path.Combine(folders.Work, "results.txt");
        _mutants = mutants;
        var known = mutants.Select(static mutant => mutant.Identity).ToHashSet();
        foreach (string[] line in (File.Exists(_path) ? File.ReadAllLines(_path) : []).Select(static line => line.Split(Separator, 2)).Where(line => line.Length == 2 && known.Contains(line[1])))
        {
            _results[line[1]] = line[0];
        }
    }

    public bool IsTried(Mutant mutant) => _results.ContainsKey(mutant.Identity);

    public bool IsNoticed(Mutant mutant) => _results.TryGetValue(mutant.Identity, out string? result) && !result.StartsWith(Survived, StringComparison.Ordinal);

    /// <param name="mutant">Which.</param>
    /// <param name="noticed">What noticed it; null if nothing did.</param>
    /// <param name="tests">How many were asked.</param>
    public void Add(Mutant mutant, string? noticed, int tests)
    {
        lock (_results)
        {
            _results[mutant.Identity] = (noticed ?? (tests == 0 ? Survived + ", never reached" : Survived)).Replace(Separator, " ", StringComparison.Ordinal);
            File.WriteAllLines(_path, _mutants.Where(IsTried).Select(m => _results[m.Identity] + Separator + m.Identity));
        }
    }
}
