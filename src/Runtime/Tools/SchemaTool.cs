using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Publication;

namespace SpecKitty.Tools;

/// <summary>The contract as JSON Schema.</summary>
internal static class SchemaTool
{
    public static int Run(SchemaToolRequest request, ToolCall call)
    {
        ContractLevel level;
        if (request.Level is { } asked)
        {
            if (!ContractLevels.TryParse(asked, out level))
            {
                return call.Fail(new Failure(ErrorCode.UsageError, Messages.SchemaLevelUnknown(asked, string.Join(", ", ContractLevels.Texts))));
            }
        }
        else
        {
            level = ServedLevel.Of(call.Project, out var refusal);
            if (refusal is not null)
            {
                return call.Fail(refusal);
            }
        }

        if (request.Subject is not { } subject)
        {
            return ToolCall.Print(SchemaDocument.Whole(level).Span);
        }

        var subjects = SchemaDocument.Subjects(level);
        return subjects.Has(subject)
            ? ToolCall.Print(SchemaDocument.Of(subject, level).Span)
            : call.Fail(new Failure(
                ErrorCode.UsageError,
                Messages.SchemaSubjectUnknown(subject, ContractLevels.Text(level), string.Join(", ", subjects)) + Nearest.Hint(subject, subjects)));
    }
}
