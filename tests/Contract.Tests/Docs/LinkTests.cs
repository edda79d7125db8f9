using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Docs;

/// <summary>Every relative link of every page leads to a file, and to a heading in it where it names one.</summary>
public sealed partial class LinkTests
{
    [Test]
    public async Task Every_link_leads_somewhere()
    {
        var pages = Directory.EnumerateFiles(RepositoryRoot.File("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(RepositoryRoot.Path, "*.md")).Append(RepositoryRoot.File("benchmarks", "results", "merge.md")).ToArray();
        var dead = new List<string>();
        int links = 0;
        foreach (string page in pages)
        {
            foreach (Match match in LinkForm().Matches(FencedForm().Replace(File.ReadAllText(page), "")))
            {
                string target = match.Groups[1].Value;
                if (target.Contains("://", StringComparison.Ordinal))
                {
                    continue;
                }

                links++;
                string[] parts = target.Split('#', 2);
                string file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
                bool isThere = File.Exists(file) || Directory.Exists(file);
                if (!isThere || (parts.Length == 2 && !Anchors(file).Contains(parts[1])))
                {
                    dead.Add($"{Path.GetRelativePath(RepositoryRoot.Path, page)}: {target}");
                }
            }
        }

        await Assert.That(string.Join('\n', dead)).IsEqualTo("");
        await Assert.That(links).IsGreaterThan(100);
    }

    [Test]
    public async Task The_index_names_every_page_that_is_tried()
    {
        string index = RepositoryRoot.Read("docs", "README.md");
        var missing = DocumentBlock.Pages.Select(static page => Path.GetFileName(page)).Where(name => name != "README.md" && !index.Contains($"]({name}", StringComparison.Ordinal));

        await Assert.That(string.Join(' ', missing)).IsEqualTo("");
    }

    /// <summary>The anchors of a page's headings, as GitHub makes them.</summary>
    private static HashSet<string> Anchors(string file) =>
    [
        .. FencedForm().Replace(File.ReadAllText(file), "").Split('\n').Where(static line => line.StartsWith('#'))
            .Select(static line => string.Concat(line.TrimStart('#').Trim().ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-')),
    ];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkForm();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedForm();
}
