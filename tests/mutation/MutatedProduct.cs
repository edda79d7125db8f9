using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SpecKitty.Mutation;

/// <summary>The product's assembly with all mutants in it, compiled from the sources and from what the generators made of the schemas.</summary>
internal static class MutatedProduct
{
    private const string Switch =
        """
        namespace SpecKitty
        {
            internal static class Mutants
            {
                public static int Active = -1;
                public static bool[]? Reached;

                public static bool Is(int mutant)
                {
                    if (Reached is { } reached)
                    {
                        reached[mutant] = true;
                    }

                    return Active == mutant;
                }
            }
        }
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>Compiles it, leaving out what does not compile.</summary>
    /// <param name="folders">Where everything is.</param>
    /// <returns>The mutants that are in it.</returns>
    public static IReadOnlyList<Mutant> Build(Folders folders)
    {
        var trees = folders.Sources().Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Parsing, path)).Append(CSharpSyntaxTree.ParseText(Switch, Parsing, "Mutants.cs")).ToList();
        var references = folders.References().Select(static path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Suppress);
        var original = CSharpCompilation.Create("spec-kitty", trees, references, options);
        Refuse(original.GetDiagnostics(), "the sources do not compile here");
        var givenUp = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var mutants = new List<Mutant>();
            var places = new Dictionary<int, string>();
            var mutated = original;
            foreach (var (path, room) in folders.Subjects())
            {
                var tree = original.SyntaxTrees.Single(tree => tree.FilePath == path);
                var rewriter = new MutantRewriter(original.GetSemanticModel(tree), room, Path.GetRelativePath(folders.Root, path), path.EndsWith("Lanes.machine.g.cs", StringComparison.Ordinal), givenUp, mutants);
                var root = rewriter.Visit(tree.GetRoot());
                mutated = mutated.ReplaceSyntaxTree(tree, CSharpSyntaxTree.Create((CSharpSyntaxNode)root, Parsing, path));
                foreach (var (id, place) in rewriter.Places)
                {
                    places[id] = place;
                }
            }

            var errors = mutated.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).ToList();
            if (errors.Count == 0)
            {
                using var output = File.Create(folders.Mutated);
                var result = mutated.Emit(output);
                Refuse(result.Diagnostics, "the mutants cannot be emitted");
                Console.WriteLine($"{mutants.Count} mutants, {givenUp.Count} more did not compile");
                return mutants;
            }

            int before = givenUp.Count;
            foreach (var error in errors)
            {
                givenUp.UnionWith(Culprits(error).Select(id => places[id]));
            }

            if (givenUp.Count == before)
            {
                Refuse([.. errors], "not the fault of a mutant");
            }
        }
    }

    /// <summary>The mutant around the error; where there is none, such as for a variable that may have no value, all of the member.</summary>
    private static List<int> Culprits(Diagnostic error)
    {
        var node = error.Location.SourceTree!.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        var around = node.AncestorsAndSelf().SelectMany(Ids).Take(1).ToList();
        if (around.Count > 0)
        {
            return around;
        }

        var inside = node.DescendantNodes().SelectMany(Ids).ToList();
        if (inside.Count > 0 && node is ExpressionSyntax)
        {
            return inside;
        }

        var member = node.AncestorsAndSelf().FirstOrDefault(static n => n is MemberDeclarationSyntax and not BaseTypeDeclarationSyntax);
        return member is null ? [] : [.. member.DescendantNodes().Where(static n => n is IfStatementSyntax or ParenthesizedExpressionSyntax { Expression: BinaryExpressionSyntax }).SelectMany(Ids)];
    }

    private static IEnumerable<int> Ids(SyntaxNode node) => node.GetAnnotations(MutantRewriter.Mark).Select(static mark => int.Parse(mark.Data!, CultureInfo.InvariantCulture));

    private static void Refuse(IEnumerable<Diagnostic> diagnostics, string why)
    {
        var errors = diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Take(10).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidOperationException(why + ":\n" + string.Join('\n', errors));
        }
    }
}
