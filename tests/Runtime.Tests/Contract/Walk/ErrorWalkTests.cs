using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SpecKitty.Contract;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Contract.Walk;

/// <summary>Every error code and every sentence of the schemas is live.</summary>
internal sealed class ErrorWalkTests
{
    private static readonly IReadOnlyList<JsonElement> Errors = [.. SchemaFolder.Read("errors").Entries("errors").Where(static error => error.Text("retired") is null)];

    [Test]
    public async Task Every_code_is_in_the_catalogue_in_its_order()
    {
        await Assert.That(ErrorCatalog.All.Select(ErrorCatalog.Name)).IsEquivalentTo(Errors.Select(static error => error.Text("id")!), CollectionOrdering.Matching);
        await Assert.That(ErrorCatalog.All).IsEquivalentTo(Enum.GetValues<ErrorCode>(), CollectionOrdering.Matching);
        foreach (var schema in Errors)
        {
            await Assert.That(ErrorCatalog.TryParse(schema.Text("id")!, out var code)).IsTrue();
            await Assert.That(ErrorCatalog.Name(code)).IsEqualTo(schema.Text("id"));
            await Assert.That(ErrorCatalog.Documentation(code)).IsEqualTo(schema.Text("documentation"));
            await Assert.That(ErrorCatalog.Remedy(code)).IsEqualTo(schema.Text("remedy"));
            await Assert.That(ErrorCatalog.Retryable(code)).IsEqualTo(schema.Says("retryable"));
            await Assert.That(Effects.Name(ErrorCatalog.Effect(code))).IsEqualTo(schema.Text("effect"));
            await Assert.That(ContractLevels.Text(ErrorCatalog.Since(code))).IsEqualTo(schema.Text("since"));
            await Assert.That(ErrorCatalog.IsReasonOnly(code)).IsEqualTo(schema.Says("reasonOnly"));
            await Assert.That(ErrorCatalog.FallsBackTo(code) is { } fallback ? ErrorCatalog.Name(fallback) : null).IsEqualTo(schema.Text("fallsBackTo"));
        }

        await Assert.That(ErrorCatalog.TryParse("usage_error", out _)).IsFalse();
    }

    [Test]
    public async Task What_is_served_is_documented_at_the_level()
    {
        foreach (var level in Enum.GetValues<ContractLevel>())
        {
            foreach (var code in ErrorCatalog.All)
            {
                var served = ErrorCatalog.Served(code, level);
                bool documented = !ErrorCatalog.IsReasonOnly(code) && ErrorCatalog.Since(code) <= level;
                await Assert.That(served).IsEqualTo(documented ? code : ErrorCatalog.FallsBackTo(code)!.Value);
                await Assert.That(!ErrorCatalog.IsReasonOnly(served) && ErrorCatalog.Since(served) <= level).IsTrue().Because($"{served} at {level}");
            }
        }
    }

    [Test]
    public async Task Every_sentence_is_a_method_whose_parameters_are_its_placeholders()
    {
        foreach (var message in SchemaFolder.Read("messages").Entries("messages"))
        {
            string text = message.Text("text")!;
            var method = typeof(Messages).GetMethod(SchemaFolder.Pascal(message.Text("id")!), BindingFlags.Static | BindingFlags.Public)!;
            var names = method.GetParameters().Select(static parameter => parameter.Name!).ToArray();
            await Assert.That(names).IsEquivalentTo(Regex.Matches(text, @"\{(\w+)\}").Select(static match => match.Groups[1].Value).Distinct(), CollectionOrdering.Matching);
            await Assert.That(method.Invoke(null, [.. names.Select(static name => $"{{{name}}}")])).IsEqualTo(text);
        }
    }
}
