using System;
using System.Collections.Immutable;
using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Linking;
using SpecKitty.Generators.Parsing;

namespace SpecKitty.Generators.Diagnostics;

/// <summary>Brings the linker's problems and the files' positions together again.</summary>
internal static class DiagnosticReport
{
    /// <summary>All diagnostics, by file and line.</summary>
    public static EquatableArray<DiagnosticInfo> Make(EquatableArray<LinkProblem> problems, ImmutableArray<FileNotes> notes)
    {
        var located = problems.Select(problem => new DiagnosticInfo(problem.Descriptor, Find(problem, notes), problem.Arguments));
        return notes.SelectMany(static file => file.Diagnostics)
            .Concat(located)
            .OrderBy(static diagnostic => diagnostic.Location?.Path ?? "", StringComparer.Ordinal)
            .ThenBy(static diagnostic => diagnostic.Location?.Span.Start ?? 0)
            .ThenBy(static diagnostic => diagnostic.Descriptor.Id, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    private static LocationInfo? Find(LinkProblem problem, ImmutableArray<FileNotes> notes)
    {
        var file = notes.FirstOrDefault(candidate => candidate.Path == problem.Path);
        return file is null ? null : problem.Site < file.Sites.Count ? file.Sites[problem.Site] : LocationInfo.StartOf(file.Path);
    }
}
