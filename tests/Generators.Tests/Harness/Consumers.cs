using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Tests.Harness;

/// <summary>The hand-written sources that generated code is compiled with.</summary>
internal static class Consumers
{
    private static readonly string[] SupportNames =
    [
        "Payload", "Request", "IOptionContents", "Failure", "Result", "PolicyRequirement", "FlagDefinition", "CommandFlag", "CommandDefinition", "PythonText", "JsonInput", "JsonProblems",
        "SecretScan", "JsonValues", "CodePointOrder", "SortedJsonConverter", "ToolDefinition", "ToolParameter", "ToolExitStatus", "ToolExample", "ToolRequest", "ToolFinding", "FindingSeverity",
        "IToolArguments", "PayloadKind", "PayloadDefinition", "FieldDefinition", "EventRowDefinition", "ForeignRowDefinition",
    ];

    /// <summary>What generated code calls: the very files of src/Runtime.</summary>
    public static IReadOnlyList<SyntaxTree> Support { get; } =
    [
        .. SupportNames.Select(name => Parse(Path.Combine(SchemaFiles.Repository, "src", "Runtime", "Contract", name + ".cs"))),
    ];

    /// <summary>What calls the code generated from the small contract.</summary>
    public static SyntaxTree Small { get; } = Parse(Path.Combine(SchemaFiles.Repository, "tests", "Generators.Tests", "Small", "Consumer.cs.txt"));

    private static SyntaxTree Parse(string path) => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path)), GeneratorHarness.ParseOptions, path);
}
