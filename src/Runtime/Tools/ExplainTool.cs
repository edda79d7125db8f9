using System;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Publication;

namespace SpecKitty.Tools;

/// <summary>The page about an error code.</summary>
internal static class ExplainTool
{
    public static int Run(ExplainToolRequest request, ToolCall call)
    {
        string asked = request.Code.ToUpperInvariant().Replace('-', '_');
        if (!ErrorCatalog.TryParse(asked, out var code))
        {
            string hint = Nearest.Hint(asked, ErrorFacts.Names());
            return call.Fail(new Failure(ErrorCode.UsageError, Messages.ErrorCodeUnknown(request.Code) + hint));
        }

        string head = $"{ErrorCatalog.Name(code)}: {ErrorCatalog.Documentation(code)}\n({ErrorFacts.Line(code)})\n\n";
        byte[] page = [.. Encoding.UTF8.GetBytes(head), .. ErrorPages.Text(code)];
        return ToolCall.Print(page.AsSpan());
    }
}
