using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>From a request to the page that answers it.</summary>
internal static class ToolDispatcher
{
    /// <param name="request">The request.</param>
    /// <param name="name">How the tool was called, for messages.</param>
    /// <returns>The exit status.</returns>
    public static int Run(ToolRequest request, string name) => request switch
    {
        BoardToolRequest r => Board.Run(r, new ToolCall(name, r.Json)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
