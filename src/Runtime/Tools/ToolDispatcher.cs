using System;
using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>From a request to the page that answers it.</summary>
internal static class ToolDispatcher
{
    /// <param name="request">The request.</param>
    /// <param name="name">How the tool was called, for messages.</param>
    /// <param name="otherHost">Looks for the host that unknown commands are handed over to.</param>
    /// <returns>The exit status.</returns>
    public static int Run(ToolRequest request, string name, Func<string?> otherHost) => request switch
    {
        BoardToolRequest r => Board.Run(r, new ToolCall(name, r.Json, otherHost)),
        DoctorToolRequest r => Doctor.Run(r, new ToolCall(name, r.Json, otherHost)),
        EventsToolRequest r => Events.Run(r, new ToolCall(name, r.Json, otherHost)),
        NewToolRequest r => New.Run(r, new ToolCall(name, r.Json, otherHost)),
        ReportToolRequest r => Report.Run(r, new ToolCall(name, r.Json, otherHost)),
        SchemaToolRequest r => SchemaTool.Run(r, new ToolCall(name, isJson: false, otherHost)),
        ErrorsToolRequest r => ErrorsTool.Run(r),
        ExplainToolRequest r => ExplainTool.Run(r, new ToolCall(name, isJson: false, otherHost)),
        CompletionsToolRequest r => CompletionsTool.Run(r),
        ManToolRequest => ManTool.Run(),
        ContractDiffToolRequest r => ContractDiffTool.Run(r, new ToolCall(name, r.Json, otherHost)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
