using SpecKitty.Contract;
using SpecKitty.Publication;

namespace SpecKitty.Tools;

/// <summary>Completions for shells.</summary>
internal static class CompletionsTool
{
    public static int Run(CompletionsToolRequest request)
    {
        var root = CallTree.Build();
        return ToolCall.Print(request.Shell switch
        {
            "bash" => BashCompletions.Of(root),
            "zsh" => ZshCompletions.Of(root),
            "fish" => FishCompletions.Of(root),
            _ => PowerShellCompletions.Of(root),
        });
    }
}
