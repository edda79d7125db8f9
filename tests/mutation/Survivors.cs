using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SpecKitty.Mutation;

/// <summary>Mutants that are known to survive, each with the reason above it.</summary>
internal sealed class Survivors
{
    private readonly HashSet<string> _known;

    /// <param name="file">A mutant a line, by its key or by its identity; what begins with # is a reason.</param>
    public Survivors(string file) => _known = File.ReadLines(file).Where(static line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);

    public bool Have(Mutant mutant) => _known.Contains(mutant.Key) || _known.Contains(mutant.Identity);
}
