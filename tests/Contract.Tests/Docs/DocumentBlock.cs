using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Docs;

/// <summary>A fenced block of a page: README.md, or a file right below docs/.</summary>
/// <param name="Page">The page, from the repository's root.</param>
/// <param name="Line">The line of the fence.</param>
/// <param name="Language">The first word behind the fence; empty for none.</param>
/// <param name="Subject">The second: what the block is validated against, or who takes it; empty for none.</param>
/// <param name="Text">What stands in it, with its line feeds.</param>
internal sealed record DocumentBlock(string Page, int Line, string Language, string Subject, string Text)
{
    private const string Fence = "```";

    /// <summary>What only root in a root of its own can run: installing packages.</summary>
    private const string PackagesPage = "docs/packages.md";

    /// <summary>Every page, README first.</summary>
    public static IEnumerable<string> Pages =>
    [
        "README.md",
        .. Directory.EnumerateFiles(RepositoryRoot.File("docs"), "*.md").Select(static file => "docs/" + Path.GetFileName(file)).Where(static page => page != PackagesPage).Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<DocumentBlock> All => Pages.SelectMany(Of);

    public static IEnumerable<DocumentBlock> Of(string page)
    {
        string[] lines = RepositoryRoot.Read(page).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            int end = Array.IndexOf(lines, Fence, i + 1);
            string[] words = lines[i][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return new DocumentBlock(page, i + 1, words.ElementAtOrDefault(0) ?? "", words.ElementAtOrDefault(1) ?? "", string.Concat(lines[(i + 1)..end].Select(static line => line + "\n")));
            i = end;
        }
    }

    public override string ToString() => $"{Page}:{Line}";
}
