using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Tests.Harness;

/// <summary>
/// Compares diagnostics with those a test expects, one text each: <c>file(line,column) SKA0001 «text at the place»: message</c>. What is
/// missing or too much is printed so that it can be pasted.
/// </summary>
internal static class ExpectedDiagnostics
{
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void Check(IEnumerable<Diagnostic> diagnostics, SchemaFiles schemas, IReadOnlyList<string> expected)
    {
        var found = diagnostics.Select(diagnostic => Text(diagnostic, schemas)).ToList();
        if (!found.SequenceEqual(expected))
        {
            throw new InvalidOperationException(
                "The diagnostics are not those expected. They are:\n" + string.Join(",\n", found.Select(static text => "\"\"\"" + text + "\"\"\""))
                + "\nExpected:\n" + string.Join("\n", expected));
        }
    }

    private static string Text(Diagnostic diagnostic, SchemaFiles schemas)
    {
        string message = $"{diagnostic.Id}{{0}}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        if (diagnostic.Location.Kind == LocationKind.None)
        {
            return message.Replace("{0}", "", StringComparison.Ordinal);
        }

        var place = diagnostic.Location.GetLineSpan();
        string path = place.Path["/schemas/".Length..];
        var text = SourceText.From(schemas.Files.Single(file => file.Path == path).Text ?? "");
        var span = diagnostic.Location.SourceSpan;
        if (text.Lines.GetLinePositionSpan(span) != place.Span)
        {
            throw new InvalidOperationException($"{diagnostic} has a span that is not at its line and column");
        }

        string marked = text.ToString(span).Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}) {message.Replace("{0}", $" «{marked}»", StringComparison.Ordinal)}";
    }
}
