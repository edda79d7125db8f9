using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>lanes.json: the lane machine.</summary>
internal sealed record LanesModel(Reference Id, string Documentation) : SchemaModel(Id, Documentation)
{
    /// <summary>The lanes in summary order.</summary>
    public EquatableArray<LaneModel> Lanes { get; init; }

    /// <summary>Other names that a caller may use.</summary>
    public EquatableArray<AliasModel> Aliases { get; init; }

    /// <summary>What guards look at.</summary>
    public EquatableArray<InputModel> Inputs { get; init; }

    /// <summary>The guards.</summary>
    public EquatableArray<GuardModel> Guards { get; init; }

    /// <summary>The moves allowed without force.</summary>
    public EquatableArray<EdgeModel> Edges { get; init; }

    /// <summary>What a forced move needs: inputs that must not be blank.</summary>
    public EquatableArray<Reference> ForceRequires { get; init; }

    /// <summary>What is said when a forced move lacks one of them.</summary>
    public string ForceMessage { get; init; } = "";

    /// <summary>What is said of a move along no edge.</summary>
    public string IllegalMessage { get; init; } = "";
}
