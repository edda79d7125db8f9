using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>Who approved a work package, by its task file's front matter: where a merge finds evidence for its done rows (HOST §6.9e).</summary>
/// <param name="ReviewedBy">Who, if the front matter says that it is approved; else null.</param>
/// <param name="Agent">Who worked on it; null where that is not a plain name.</param>
internal sealed record TaskApproval(string? ReviewedBy, string? Agent)
{
    private const string ReviewStatus = "review_status";
    private const string ReviewedByKey = "reviewed_by";
    private const string AgentKey = "agent";
    private const int MaxBytes = 1024 * 1024;
    private const int FirstLine = 2;

    private static string[] Wanted => [ReviewStatus, ReviewedByKey, AgentKey];

    /// <summary>Reads a task file; one that cannot be used says nothing. IO_FAILED where the system refused: what a row says of who approved is said for ever.</summary>
    public static Result<TaskApproval> Read(Mission mission, TaskFile file)
    {
        var outcome = ProjectFiles.TryRead(mission.Project.Root, file.RelativePath, MaxBytes, out var bytes);
        using (bytes)
        {
            if (outcome.Status == ReadStatus.Failed)
            {
                return outcome.ToFailure("read", file.Path);
            }

            if (!outcome.IsOk || FrontMatter.Locate(bytes.Span, atEnd: true, out var yaml) != FrontMatterExtent.Whole || Yaml.Read(yaml, Wanted, FirstLine, out _) is not { } root)
            {
                return new TaskApproval(null, null);
            }

            bool isApproved = string.Equals(Text(root, ReviewStatus), ReviewResultFields.VerdictApproved, StringComparison.OrdinalIgnoreCase);
            return new TaskApproval(isApproved ? Text(root, ReviewedByKey) : null, Text(root, AgentKey));
        }
    }

    private static string? Text(YamlValue root, string key) =>
        root.Find(key) is { Kind: YamlKind.Text } value && value.Text.AsSpan().Trim().Length > 0 ? value.Text.Trim() : null;
}
