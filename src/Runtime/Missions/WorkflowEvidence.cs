using System;

namespace SpecKitty.Missions;

/// <summary>Whether workflow-evidence.md names a run of the changed workflows (HOST §6.8, step 3).</summary>
internal static class WorkflowEvidence
{
    public const string FileName = "workflow-evidence.md";

    private const int FewestDigits = 5;
    private const string Site = "https://github.com/";
    private const string Runs = "/actions/runs/";

    /// <summary>A run's address, or a line such as <c>Run id: 1234567</c>.</summary>
    public static bool NamesRun(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (HasAddress(line) || HasId(line))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAddress(ReadOnlySpan<char> line)
    {
        while (line.IndexOf(Site, StringComparison.Ordinal) is >= 0 and var at)
        {
            line = line[(at + Site.Length)..];
            // Owner and repository, each not empty and without a slash or a space.
            int owner = line.IndexOf('/');
            int repository = owner <= 0 ? -1 : line[(owner + 1)..].IndexOf('/');
            if (repository <= 0 || line[..(owner + 1 + repository)].ContainsAny(" \t"))
            {
                continue;
            }

            var rest = line[(owner + 1 + repository)..];
            if (rest.StartsWith(Runs, StringComparison.Ordinal) && rest.Length > Runs.Length && char.IsAsciiDigit(rest[Runs.Length]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasId(ReadOnlySpan<char> line)
    {
        line = Skip(Skip(line.TrimStart("-*").TrimStart(), "successful "), "github actions ");
        if (!line.StartsWith("run", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        line = line["run".Length..];
        line = Skip(line.TrimStart(), "id").TrimStart();
        line = line.Length > 0 && line[0] is ':' or '#' or '-' ? line[1..].TrimStart() : line;
        int digits = line.IndexOfAnyExceptInRange('0', '9');
        return (digits < 0 ? line.Length : digits) >= FewestDigits;
    }

    private static ReadOnlySpan<char> Skip(ReadOnlySpan<char> line, ReadOnlySpan<char> word) =>
        line.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? line[word.Length..].TrimStart() : line;
}
