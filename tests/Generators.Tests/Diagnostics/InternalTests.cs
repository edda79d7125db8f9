using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using SpecKitty.Generators.Emit;
using SpecKitty.Generators.Linking;
using SpecKitty.Generators.Model;
using SpecKitty.Generators.Parsing;

namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Defects of the generator itself are one diagnostic, in whatever stage they are.</summary>
internal sealed class InternalTests
{
    [Test]
    public async Task SKA0901_a_defect_of_the_linker()
    {
        // A model that is not of its kind: no parser makes one.
        var wrong = new ParsedSchema("x.json", SchemaKind.Contract, new MessagesModel(default, "", []), IsSound: true);
        var result = Linker.Link(ImmutableArray.Create(wrong), CancellationToken.None);
        await Assert.That(result.Contract).IsNull();
        await Assert.That(result.Problems.Single().Descriptor.Id).IsEqualTo("SKA0901");
    }

    [Test]
    public async Task SKA0901_a_defect_of_an_emitter()
    {
        var emission = Emission.Of<string>("model", static _ => throw new InvalidOperationException("out of ink"), CancellationToken.None);
        await Assert.That(emission.Defect!.ToDiagnostic().GetMessage(null)).Contains("out of ink");
    }

    [Test]
    public async Task Cancellation_is_no_defect()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.That(() => Emission.Of("model", static _ => new Emission("", "", null), cancelled.Token)).Throws<OperationCanceledException>();
        await Assert.That(() => Linker.Link([], cancelled.Token)).Throws<OperationCanceledException>();
    }
}
