using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic has a page, a row in the release file, a place that reports it and a test that raises it.</summary>
internal sealed class TidyTests
{
    private static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> Fields = typeof(Descriptors)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .ToDictionary(static field => field.Name, static field => (DiagnosticDescriptor)field.GetValue(null)!);

    private static string Pages => Path.Combine(SchemaFiles.Repository, "docs", "diagnostics");

    private static string Sources => Path.Combine(SchemaFiles.Repository, "src", "Generators");

    public static IEnumerable<string> Names() => Fields.Keys;

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task Each_has_everything(string name)
    {
        var descriptor = Fields[name];
        string page = Path.Combine(Pages, descriptor.Id + ".md");
        await Assert.That(descriptor.HelpLinkUri).IsEqualTo($"docs/diagnostics/{descriptor.Id}.md");
        await Assert.That(descriptor.DefaultSeverity).IsEqualTo(DiagnosticSeverity.Error);
        await Assert.That(File.ReadLines(page).First()).IsEqualTo($"# {descriptor.Id}: {descriptor.Title}");
        await Assert.That(File.ReadLines(page).Where(static line => line is "## Wrong" or "## Right" || line.StartsWith("Since ", StringComparison.Ordinal)).Count()).IsEqualTo(3);
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(Pages, "README.md"))).Contains($"| [{descriptor.Id}]({descriptor.Id}.md) | {descriptor.Title} |");
        await Assert.That(string.Concat(ReleaseRows())).Contains($"{descriptor.Id} | {descriptor.Category} | Error |");
        await Assert.That(Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains($"Descriptors.{name}", StringComparison.Ordinal))).IsTrue();
        await Assert.That(TestNames().Any(test => test.StartsWith(descriptor.Id, StringComparison.Ordinal))).IsTrue();
    }

    [Test]
    public async Task No_number_is_used_twice() => await Assert.That(Fields.Values.Select(static descriptor => descriptor.Id)).HasDistinctItems();

    [Test]
    public async Task There_is_no_page_without_a_diagnostic() =>
        await Assert.That(Directory.EnumerateFiles(Pages, "SKA*.md").Select(static path => Path.GetFileNameWithoutExtension(path))).IsEquivalentTo(Fields.Values.Select(static descriptor => descriptor.Id));

    private static IEnumerable<string> ReleaseRows() =>
        new[] { "Shipped", "Unshipped" }.SelectMany(static part => File.ReadLines(Path.Combine(Sources, $"AnalyzerReleases.{part}.md")));

    private static IEnumerable<string> TestNames() =>
        typeof(TidyTests).Assembly.GetTypes().SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)).Select(static method => method.Name);
}
