using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SpecKitty.Generators.Tests.Harness;

/// <summary>
/// Runs the generator as the compiler does, then once more on a clone of the compilation, and holds every run to the same rules: the second
/// run finds everything cached, nothing cached keeps a compilation or a file alive, what was generated compiles without a warning, and every
/// diagnostic was expected. Every test of the generator goes through here.
/// </summary>
internal static class GeneratorHarness
{
    /// <summary>C# as the projects have it; documentation is checked too.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(System.IO.Path.PathSeparator)
            .Where(static path => System.IO.Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Runs the generator and checks everything.</summary>
    /// <param name="schemas">What it reads.</param>
    /// <param name="expected">Every diagnostic, as <see cref="ExpectedDiagnostics"/> writes it.</param>
    /// <param name="consumer">Code that uses what is generated; null for none.</param>
    public static GeneratorRun Run(SchemaFiles schemas, IReadOnlyList<string>? expected = null, SyntaxTree? consumer = null)
    {
        var compilation = Compile(schemas, consumer);
        var run = GeneratorRun.Start(Driver(schemas), compilation);
        ExpectedDiagnostics.Check(run.Diagnostics, schemas, expected ?? []);
        CachedSteps.CheckSecondRun(run.Again(compilation.Clone()));
        CachedSteps.CheckGraphs(run);
        CheckCompiles(run);
        return run;
    }

    /// <summary>A compilation of the hand-written sources.</summary>
    public static CSharpCompilation Compile(SchemaFiles schemas, SyntaxTree? consumer = null) => CSharpCompilation.Create(
        "Generated",
        [.. schemas.Files.IsEmpty ? [] : Consumers.Support, .. consumer is null ? (IEnumerable<SyntaxTree>)[] : [consumer]],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    /// <summary>A driver that has not run yet.</summary>
    public static CSharpGeneratorDriver Driver(SchemaFiles schemas) => CSharpGeneratorDriver.Create(
        [new SchemaGenerator().AsSourceGenerator()],
        schemas.Files.Select(TestFile.Of),
        ParseOptions,
        new TestOptions(),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static void CheckCompiles(GeneratorRun run)
    {
        var found = run.Compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Take(10).ToList();
        if (found.Count > 0)
        {
            throw new InvalidOperationException("What was generated does not compile cleanly:\n" + string.Join("\n", found));
        }
    }
}
