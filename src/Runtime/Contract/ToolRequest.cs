namespace SpecKitty.Contract;

/// <summary>A tool's call, parsed. The types that derive from it are generated from schemas/tools.</summary>
internal abstract class ToolRequest
{
    /// <summary>Which tool is called.</summary>
    public abstract ToolId Tool { get; }
}
