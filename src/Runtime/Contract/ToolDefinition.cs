using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>A tool for people, outside the contract's group. Made by the generated <see cref="ToolTable"/>.</summary>
internal sealed class ToolDefinition
{
    /// <summary>Which tool it is.</summary>
    public required ToolId Id { get; init; }

    /// <summary>What is typed to call it, word by word.</summary>
    public required string[] Words { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Documentation { get; init; }

    /// <summary>The version of the executable that it came with.</summary>
    public required string Since { get; init; }

    /// <summary>Whether it is for other programs and no list shows it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>What is typed without a flag, in order.</summary>
    public required ToolParameter[] Arguments { get; init; }

    /// <summary>Its flags in the order of help.</summary>
    public required ToolParameter[] Flags { get; init; }

    /// <summary>What it ends with.</summary>
    public required ToolExitStatus[] ExitStatuses { get; init; }

    /// <summary>Calls to show.</summary>
    public required ToolExample[] Examples { get; init; }
}
