using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace SpecKitty.Generators.Tests.Harness;

/// <summary>What a run of the generator gave, and how to go on from it.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;

    private GeneratorRun(GeneratorDriver driver, Compilation input, Compilation output)
    {
        (_driver, Input, Compilation) = (driver, input, output);
        Result = driver.GetRunResult().Results.Single();
    }

    /// <summary>What the driver says of the generator.</summary>
    public GeneratorRunResult Result { get; }

    /// <summary>The compilation before.</summary>
    public Compilation Input { get; }

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Compilation { get; }

    /// <summary>The generator's diagnostics.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>The generated texts by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources => Result.GeneratedSources.ToDictionary(static source => source.HintName, static source => source.SourceText.ToString());

    /// <summary>A first run.</summary>
    public static GeneratorRun Start(GeneratorDriver driver, Compilation compilation)
    {
        var ran = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new GeneratorRun(ran, compilation, output);
    }

    /// <summary>The next run, on another compilation.</summary>
    public GeneratorRun Again(Compilation compilation) => Start(_driver, compilation);

    /// <summary>The next run, with other schemas; files that are the same stay the same objects, as in the compiler.</summary>
    public GeneratorRun Again(SchemaFiles schemas) => Start(_driver.ReplaceAdditionalTexts([.. schemas.Files.Select(TestFile.Of)]), Input);
}
