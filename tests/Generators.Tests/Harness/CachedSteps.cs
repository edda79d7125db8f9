using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SpecKitty.Generators.Emit;

namespace SpecKitty.Generators.Tests.Harness;

/// <summary>Looks at the generator's tracked steps.</summary>
internal static class CachedSteps
{
    /// <summary>Every stage that the generator names; found by reflection, so that a new one cannot be forgotten.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(TrackingNames).GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!),
    ];

    /// <summary>A second run on equal input computes nothing anew, and puts out what it put out.</summary>
    public static void CheckSecondRun(GeneratorRun run)
    {
        foreach (var (name, reasons) in Reasons(run))
        {
            var fresh = reasons.Where(static reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)).ToList();
            if (fresh.Count > 0)
            {
                throw new InvalidOperationException($"The second run computed {name} anew: {string.Join(", ", fresh)}");
            }
        }

        foreach (var reason in ReasonsOf(OutputSteps(run)).Where(static reason => reason != IncrementalStepRunReason.Cached))
        {
            throw new InvalidOperationException($"The second run put out something that was not cached but {reason}");
        }
    }

    /// <summary>What the steps hold is text and numbers.</summary>
    public static void CheckGraphs(GeneratorRun run)
    {
        foreach (string name in Names)
        {
            foreach (var step in StepsOf(run, name))
            {
                foreach (var (value, _) in step.Outputs)
                {
                    if (ObjectGraph.FindBanned(value) is { } found)
                    {
                        throw new InvalidOperationException($"{name} keeps something alive: {found}");
                    }
                }
            }
        }
    }

    /// <summary>Why each output of each named stage was computed, or not.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<IncrementalStepRunReason> Reasons)> Reasons(GeneratorRun run) =>
        Names.Select(name => (name, (IReadOnlyList<IncrementalStepRunReason>)ReasonsOf(StepsOf(run, name))));

    /// <summary>The files that were put out anew, or taken away.</summary>
    public static IReadOnlyList<string> PutOutAnew(GeneratorRun run) =>
    [
        .. from step in OutputSteps(run)
           where step.Outputs.Any(static output => output.Reason != IncrementalStepRunReason.Cached)
           from input in step.Inputs
           let emission = input.Source.Outputs[input.OutputIndex].Value as Emission
           where emission is not null
           select emission.HintName,
    ];

    private static IEnumerable<IncrementalGeneratorRunStep> OutputSteps(GeneratorRun run) => run.Result.TrackedOutputSteps.Values.SelectMany(static steps => steps);

    /// <summary>The runs of a stage.</summary>
    public static IEnumerable<IncrementalGeneratorRunStep> StepsOf(GeneratorRun run, string name) =>
        run.Result.TrackedSteps.TryGetValue(name, out var steps) ? steps : [];

    private static List<IncrementalStepRunReason> ReasonsOf(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        [.. steps.SelectMany(static step => step.Outputs).Select(static output => output.Reason)];
}
