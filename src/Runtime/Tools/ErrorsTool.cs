using System.Text;
using SpecKitty.Contract;
using SpecKitty.Publication;

namespace SpecKitty.Tools;

/// <summary>The error catalogue.</summary>
internal static class ErrorsTool
{
    public static int Run(ErrorsToolRequest request) => request.Json ? ToolCall.Print(Document()) : ToolCall.Print(Prose());

    private static ErrorDocument Document()
    {
        var all = ErrorCatalog.All;
        var errors = new ErrorEntry[all.Length];
        for (int i = 0; i < errors.Length; i++)
        {
            var code = all[i];
            errors[i] = new ErrorEntry
            {
                Code = ErrorCatalog.Name(code),
                Since = ContractLevels.Text(ErrorCatalog.Since(code)),
                ReasonOnly = ErrorCatalog.IsReasonOnly(code),
                FallsBackTo = ErrorCatalog.FallsBackTo(code) is { } other ? ErrorCatalog.Name(other) : null,
                Retryable = ErrorCatalog.Retryable(code),
                Effect = Effects.Name(ErrorCatalog.Effect(code)),
                Meaning = ErrorCatalog.Documentation(code),
                Remedy = ErrorCatalog.Remedy(code),
            };
        }

        return new ErrorDocument { Errors = errors };
    }

    private static string Prose()
    {
        var text = new StringBuilder();
        foreach (var code in ErrorCatalog.All)
        {
            text.Append(ErrorCatalog.Name(code)).Append("  (").Append(ErrorFacts.Line(code)).Append(")\n    ")
                .Append(ErrorCatalog.Documentation(code)).Append("\n    ").Append(ErrorCatalog.Remedy(code)).Append('\n');
        }

        return text.ToString();
    }
}
