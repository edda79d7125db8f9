using SpecKitty.Contract;
using SpecKitty.Publication;

namespace SpecKitty.Tools;

/// <summary>The man page.</summary>
internal static class ManTool
{
    public static int Run() => ToolCall.Print(ManPage.Of(CallTree.Build(), BuildVersion.Text));
}
