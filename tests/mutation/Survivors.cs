using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SpecKitty.Mutation;

/// <summary>Mutants that are known to survive, each with the reason on the line above it.</summary>
internal static class Survivors
{
    /// <summary>Their keys; what begins with # is a reason.</summary>
    public static IReadOnlySet<string> Load(string file) =>
        File.Exists(file) ? File.ReadLines(file).Where(static line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal) : new HashSet<string>();
}
