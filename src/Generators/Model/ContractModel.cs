using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>contract.json.</summary>
internal sealed record ContractModel(Reference Id, string Documentation) : SchemaModel(Id, Documentation)
{
    /// <summary>The first word of every call.</summary>
    public string Group { get; init; } = "";

    /// <summary>The executable's name.</summary>
    public string Executable { get; init; } = "";

    /// <summary>The command in an envelope when argv was refused.</summary>
    public string UnknownCommand { get; init; } = "";

    /// <summary>The level served when nothing else is asked for.</summary>
    public Reference DefaultLevel { get; init; }

    /// <summary>The oldest provider version served.</summary>
    public string MinSupportedProviderVersion { get; init; } = "";

    /// <summary>The largest envelope in bytes.</summary>
    public int MaxEnvelopeBytes { get; init; }

    /// <summary>The commands in the order of help.</summary>
    public EquatableArray<Reference> Commands { get; init; }

    /// <summary>The levels from the oldest to the newest; one at least after linking.</summary>
    public EquatableArray<LevelModel> Levels { get; init; }

    /// <summary>What the host can do besides the documented contract.</summary>
    public EquatableArray<CapabilityModel> Capabilities { get; init; }

    /// <summary>The exit statuses.</summary>
    public EquatableArray<ExitStatusModel> ExitStatuses { get; init; }

    /// <summary>The environment variables.</summary>
    public EquatableArray<EnvironmentModel> Environment { get; init; }
}
