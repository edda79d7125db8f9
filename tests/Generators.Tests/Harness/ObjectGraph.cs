using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Tests.Harness;

/// <summary>Walks everything that a cached value holds: nothing there may keep a compilation or a file alive.</summary>
internal static class ObjectGraph
{
    private static readonly Type[] Banned =
    [
        typeof(Compilation), typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(SemanticModel), typeof(Location), typeof(Diagnostic),
        typeof(SourceText), typeof(AdditionalText), typeof(AnalyzerConfigOptions), typeof(Delegate), typeof(IDictionary),
    ];

    /// <summary>The path to the first banned object; null when there is none.</summary>
    public static string? FindBanned(object? root) => Walk(root, "value", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static string? Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum)
        {
            return null;
        }

        if (Array.Exists(Banned, type => type.IsInstanceOfType(value)))
        {
            return $"{path} is a {value.GetType()}";
        }

        // Descriptors are constants with text in them; their localizable strings have caches of no concern.
        if (value is DiagnosticDescriptor || (!value.GetType().IsValueType && !seen.Add(value)))
        {
            return null;
        }

        if (value is Array array)
        {
            int index = 0;
            foreach (object? item in array)
            {
                if (Walk(item, $"{path}[{index++}]", seen) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (Walk(field.GetValue(value), $"{path}.{field.Name}", seen) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
