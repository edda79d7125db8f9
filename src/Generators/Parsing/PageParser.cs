using System;
using Microsoft.CodeAnalysis.Text;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads a page about an error code: a title that is the code, prose, and the sections that every page has.</summary>
internal static class PageParser
{
    private static readonly string[] Sections = ["\n## Causes\n", "\n## What to do\n", "\n## Example\n", "\n```json\n", "\n```\n"];

    /// <summary>Reads <paramref name="text"/>; <paramref name="code"/> is the file's name.</summary>
    public static PageModel Parse(SchemaFile file, string text, string code)
    {
        var self = file.Refer(code, default);
        string title = "# " + code + "\n";
        string page = text.Replace("\r\n", "\n").TrimEnd() + "\n";
        if (!page.StartsWith(title, StringComparison.Ordinal))
        {
            int end = text.IndexOf('\n');
            file.Report(Descriptors.IncompletePage, new TextSpan(0, end < 0 ? text.Length : end), code, title.Trim());
            return new PageModel(self, page);
        }

        int at = title.Length - 1;
        foreach (string section in Sections)
        {
            int found = page.IndexOf(section, at, StringComparison.Ordinal);
            if (found < 0)
            {
                file.Report(Descriptors.IncompletePage, default, code, section.Trim());
                break;
            }

            at = found + section.Length - 1;
        }

        return new PageModel(self, page.Substring(title.Length).TrimStart('\n'));
    }
}
