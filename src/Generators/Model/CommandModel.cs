using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>commands/*.json: one command.</summary>
internal sealed record CommandModel(Reference Id, string Documentation) : SchemaModel(Id, Documentation)
{
    /// <summary>The level it came with.</summary>
    public Reference Since { get; init; }

    /// <summary>Whether it is no part of the documented contract but an addition of this host.</summary>
    public bool IsExtension { get; init; }

    /// <summary>Whether it may change anything.</summary>
    public bool IsMutation { get; init; }

    /// <summary>When a policy must be given: none, required or by-lane.</summary>
    public string Policy { get; init; } = "none";

    /// <summary>The flags in the order of help.</summary>
    public EquatableArray<CommandFlagModel> Flags { get; init; }

    /// <summary>What is checked, in order.</summary>
    public EquatableArray<string> Checks { get; init; }

    /// <summary>The payload of its answer; null for a command whose answers are those of others.</summary>
    public Reference? Payload { get; init; }

    /// <summary>The codes it may answer with.</summary>
    public EquatableArray<Reference> Errors { get; init; }

    /// <summary>Calls to show, without executable and group.</summary>
    public EquatableArray<string> Examples { get; init; }
}
