using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>An additional file and the kind that its item metadata gives it.</summary>
/// <param name="File">The file.</param>
/// <param name="KindName">The metadata; empty when there is none.</param>
internal sealed record SchemaInput(AdditionalText File, string KindName)
{
    private const string Metadata = "build_metadata.AdditionalFiles.SchemaKind";

    /// <summary>The kinds' names as the metadata has them.</summary>
    public static string[] KindNames { get; } = Enum.GetNames(typeof(SchemaKind)).Select(static name => name.ToLowerInvariant()).ToArray();

    /// <summary>Whether it can be a schema at all; other additional files are other tools' business.</summary>
    public bool IsCandidate => KindName.Length > 0 || File.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the metadata.</summary>
    public static SchemaInput Create(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        new(file, options.GetOptions(file).TryGetValue(Metadata, out string? kind) ? kind : "");

    /// <summary>The kind; false for an unknown one.</summary>
    public bool TryGetKind(out SchemaKind kind)
    {
        int index = Array.IndexOf(KindNames, KindName);
        kind = (SchemaKind)index;
        return index >= 0;
    }
}
