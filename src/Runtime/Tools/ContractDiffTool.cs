using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Publication;

namespace SpecKitty.Tools;

/// <summary>What changed between two published contracts.</summary>
internal static class ContractDiffTool
{
    private const string Pattern = "*.schema.json";

    public static int Run(ContractDiffToolRequest request, ToolCall call)
    {
        if (!Read(request.Old).Try(out var old, out var failure) || !Read(request.New).Try(out var now, out failure))
        {
            return call.Fail(failure);
        }

        var changes = ContractDifference.Between(old, now);
        bool isBreaking = changes.Any(static change => change.IsBreaking);
        int status = isBreaking ? ContractDiffExitStatus.Breaking : ContractDiffExitStatus.Success;
        return request.Json ? ToolCall.Print(Document(changes, isBreaking), status) : ToolCall.Print(Prose(changes), status);
    }

    /// <summary>The documents of a file, or of a folder, by level.</summary>
    private static Result<SortedDictionary<string, JsonElement>> Read(string path)
    {
        var documents = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (string file in Directory.Exists(path) ? Directory.EnumerateFiles(path, Pattern) : [path])
        {
            int errno = ProjectFiles.TryReadUnsized(file, out byte[] content);
            if (errno != 0)
            {
                return FileErrors.ToFailure("read", file, errno);
            }

            if (!JsonInput.TryRead(Encoding.UTF8.GetString(content), out var document, out string? problem))
            {
                return Unreadable(file, problem);
            }

            if (ContractDifference.LevelOf(document) is not { } level)
            {
                return Unreadable(file, "it has no $id of a contract, or no $defs");
            }

            documents[level] = document;
        }

        return documents.Count > 0 ? documents : Unreadable(path, $"it has no {Pattern}");
    }

    private static Failure Unreadable(string path, string detail) => new(ErrorCode.UsageError, Messages.ContractUnreadable(path, detail));

    private static ContractDifferenceDocument Document(IReadOnlyList<ContractDifference> changes, bool isBreaking) => new()
    {
        Breaking = isBreaking,
        Changes = [.. changes.Select(static change => new ContractChange { Levels = change.Levels, Breaking = change.IsBreaking, Where = change.Where, Change = change.What })],
    };

    private static string Prose(IReadOnlyList<ContractDifference> changes)
    {
        var text = new StringBuilder();
        foreach (var group in changes.GroupBy(static change => change.IsBreaking))
        {
            text.Append(group.Key ? "Breaking:\n" : "Additive:\n");
            foreach (var change in group)
            {
                text.Append("  ").Append(change.Where).Append(": ").Append(change.What).Append(" (").AppendJoin(", ", change.Levels).Append(")\n");
            }
        }

        return text.Length > 0 ? text.ToString() : "Nothing changed.\n";
    }
}
