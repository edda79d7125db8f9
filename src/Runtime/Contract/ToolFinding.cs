namespace SpecKitty.Contract;

/// <summary>Something that a tool found. Made by the generated tables of findings.</summary>
internal sealed class ToolFinding
{
    /// <summary>Which one of the schema.</summary>
    public required string Code { get; init; }

    public required FindingSeverity Severity { get; init; }

    /// <summary>Where: a file, a directory, or what else it is about.</summary>
    public required string Place { get; init; }

    /// <summary>What is wrong, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>What to do.</summary>
    public required string Remedy { get; init; }

    /// <summary>Whether the tool can repair it.</summary>
    public bool IsFixable { get; init; }

    /// <summary>What the tool did about it; null for nothing.</summary>
    public string? Fixed { get; set; }
}
