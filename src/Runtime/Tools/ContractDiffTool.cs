using System.Collections.Generic;
using System.IO;
using System.Text;
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
        bool isBreaking = changes.Count > 0 && changes[0].IsBreaking;
        int status = isBreaking ? ContractDiffExitStatus.Breaking : ContractDiffExitStatus.Success;
        return request.Json ? ToolCall.Print(Document(changes, isBreaking), status) : ToolCall.Print(Prose(changes), status);
    }

    /// <summary>The documents of a file, or of a folder, by level.</summary>
    private static Result<ContractDocuments> Read(string path)
    {
        var documents = new ContractDocuments();
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

            if (!documents.TryAdd(document))
            {
                return Unreadable(file, "it has no $id of a contract, or no $defs");
            }
        }

        return documents.Levels.Count > 0 ? documents : Unreadable(path, $"it has no {Pattern}");
    }

    private static Failure Unreadable(string path, string detail) => new(ErrorCode.UsageError, Messages.ContractUnreadable(path, detail));

    private static ContractDifferenceDocument Document(Items<ContractDifference> differences, bool isBreaking)
    {
        var changes = new ContractChange[differences.Count];
        for (int i = 0; i < changes.Length; i++)
        {
            var one = differences[i];
            changes[i] = new ContractChange { Levels = one.Levels.ToArray(), Breaking = one.IsBreaking, Where = one.Where, Change = one.What };
        }

        return new ContractDifferenceDocument { Breaking = isBreaking, Changes = changes };
    }

    private static string Prose(Items<ContractDifference> changes)
    {
        var text = new StringBuilder();
        bool? kind = null;
        foreach (var change in changes)
        {
            if (change.IsBreaking != kind)
            {
                kind = change.IsBreaking;
                text.Append(change.IsBreaking ? "Breaking:\n" : "Additive:\n");
            }

            text.Append("  ").Append(change.Where).Append(": ").Append(change.What).Append(" (").AppendJoin(", ", change.Levels).Append(")\n");
        }

        return text.Length > 0 ? text.ToString() : "Nothing changed.\n";
    }
}
