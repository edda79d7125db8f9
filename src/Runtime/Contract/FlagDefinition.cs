using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>A flag of the contract. Made by the generated <see cref="FlagTable"/>.</summary>
internal sealed class FlagDefinition
{
    /// <summary>As typed, dashes included.</summary>
    public required string Name { get; init; }

    /// <summary>What says the opposite of a switch; null when nothing does.</summary>
    public string? Negation { get; init; }

    /// <summary>What it was called before there were levels; null for nothing.</summary>
    public string? Formerly { get; init; }

    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>What help calls its value; null for a switch.</summary>
    public string? ValueName { get; init; }

    /// <summary>Whether its value may be named instead: a file by @, standard input by a dash.</summary>
    public bool TakesContents { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public required string Documentation { get; init; }

    /// <summary>The level that it came with.</summary>
    public ContractLevel Since { get; init; }

    /// <summary>The values it is meant to have; empty for free text. The parser lets others pass: the command refuses them.</summary>
    public string[] Values { get; init; } = [];

    /// <summary>Its value when it is not given; null for none.</summary>
    public string? Default { get; init; }
}
