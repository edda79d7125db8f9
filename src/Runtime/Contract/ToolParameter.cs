using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>A tool's flag or argument.</summary>
internal sealed class ToolParameter
{
    /// <summary>What the table calls it.</summary>
    public required string Id { get; init; }

    /// <summary>A flag as typed, dashes included; null for an argument.</summary>
    public string? Name { get; init; }

    /// <summary>What says the opposite of a switch; null when nothing does.</summary>
    public string? Negation { get; init; }

    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Whether its value names a file.</summary>
    public bool IsFile { get; init; }

    /// <summary>Whether argv without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it may be given more than once, and each time counts.</summary>
    public bool Repeated { get; init; }

    /// <summary>What help calls its value; null for a switch.</summary>
    public string? ValueName { get; init; }

    /// <summary>The only values it can have; empty for free text.</summary>
    public string[] Values { get; init; } = [];

    /// <summary>Its value when it is not given; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public required string Documentation { get; init; }
}
