using System;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Generators.Tests.Harness;
using VerifyTests;
using VerifyTUnit;

namespace SpecKitty.Generators.Tests.Snapshots;

/// <summary>What the generator puts out, file by file.</summary>
internal sealed class OutputTests
{
    [Test]
    public async Task Small_contract()
    {
        var run = GeneratorHarness.Run(SchemaFiles.Small, consumer: Consumers.Small);
        await Verifier.Verify(run.Sources.OrderBy(static source => source.Key, StringComparer.Ordinal).Select(static source =>
            new Target("cs", source.Value, source.Key[..^".g.cs".Length]))).UseDirectory("Small");
    }

    [Test]
    public void The_real_contract_compiles_without_a_warning() => GeneratorHarness.Run(SchemaFiles.Real);

    [Test]
    public async Task Without_schemas_nothing_is_made() => await Assert.That(GeneratorHarness.Run(SchemaFiles.None).Sources).IsEmpty();
}
