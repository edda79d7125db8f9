using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Text;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Parsing;

/// <summary>Checks the {placeholders} of a sentence.</summary>
internal static class Placeholders
{
    /// <summary>
    /// The sentence, its placeholders checked: braces that are none, and names not among <paramref name="known"/>, are reported, and the
    /// sentence goes on without those braces.
    /// </summary>
    /// <param name="file">The file that the sentence is part of.</param>
    /// <param name="text">The sentence.</param>
    /// <param name="span">Where it stands.</param>
    /// <param name="known">The names there are; null where each name makes a parameter.</param>
    public static string Check(SchemaFile file, string text, TextSpan span, IReadOnlyCollection<string>? known)
    {
        var template = MessageTemplate.Parse(text);
        if (template is null)
        {
            file.Report(Descriptors.BrokenPlaceholder, span);
            return MessageTemplate.Mend(text, IsKnown);
        }

        string? unknown = template.Parameters.FirstOrDefault(name => !IsKnown(name));
        if (unknown is null)
        {
            return text;
        }

        file.Report(Descriptors.UnknownPlaceholder, span, unknown, known!.Count == 0 ? "none" : string.Join(", ", known));
        return MessageTemplate.Mend(text, IsKnown);

        bool IsKnown(string name) => known is null || known.Contains(name);
    }
}
