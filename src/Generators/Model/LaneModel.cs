namespace SpecKitty.Generators.Model;

/// <summary>A lane.</summary>
internal sealed record LaneModel(string Id, string Documentation)
{
    /// <summary>Whether answers show it.</summary>
    public bool Display { get; init; }

    /// <summary>Whether nothing leads out of it without force.</summary>
    public bool Terminal { get; init; }

    /// <summary>not_started, in_flight, review or terminal.</summary>
    public string Progress { get; init; } = "";

    /// <summary>Whether a move to it needs a policy.</summary>
    public bool RequiresPolicy { get; init; }

    /// <summary>Whether force may move to it.</summary>
    public bool ForceTarget { get; init; }

    /// <summary>Whether work packages in it satisfy those that depend on them.</summary>
    public bool SatisfiesDependency { get; init; }

    /// <summary>The level it came with.</summary>
    public Reference Since { get; init; }
}
