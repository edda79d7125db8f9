using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>A flag.</summary>
internal sealed record FlagModel(string Id, string Documentation)
{
    /// <summary>As typed, dashes included.</summary>
    public string Name { get; init; } = "";

    /// <summary>What says the opposite of a switch; null when there is none.</summary>
    public string? Negation { get; init; }

    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>What help calls its value.</summary>
    public string? ValueName { get; init; }

    /// <summary>The values it is meant to have; empty for free text.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>Its value when it is not given.</summary>
    public string? Default { get; init; }

    /// <summary>What it was called before there were levels; no level takes it, and who types it is told the name.</summary>
    public string? Formerly { get; init; }

    /// <summary>Whether its value may be named instead: a file by @, standard input by a dash.</summary>
    public bool TakesContents { get; init; }

    /// <summary>The level it came with.</summary>
    public Reference Since { get; init; }
}
