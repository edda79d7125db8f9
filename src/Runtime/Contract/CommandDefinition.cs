using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>A command of the contract. Made by the generated <see cref="CommandTable"/>.</summary>
internal sealed class CommandDefinition
{
    /// <summary>Which command it is.</summary>
    public required CommandId Id { get; init; }

    /// <summary>As typed behind the group.</summary>
    public required string Name { get; init; }

    /// <summary>As it stands in envelopes.</summary>
    public required string QualifiedName { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Documentation { get; init; }

    /// <summary>The level that it came with.</summary>
    public ContractLevel Since { get; init; }

    /// <summary>Whether it is an addition of this host and no part of the documented contract.</summary>
    public bool IsExtension { get; init; }

    /// <summary>Whether it may change anything.</summary>
    public bool IsMutation { get; init; }

    /// <summary>When it needs a policy.</summary>
    public PolicyRequirement Policy { get; init; }

    /// <summary>Its flags in the order of help, those of later levels too.</summary>
    public required CommandFlag[] Flags { get; init; }

    /// <summary>The payload of its answer; null where its answers are those of other commands.</summary>
    public required string? Payload { get; init; }

    /// <summary>The codes it may answer with.</summary>
    public required ErrorCode[] Errors { get; init; }

    /// <summary>Calls to show, without executable and group.</summary>
    public required string[] Examples { get; init; }

    /// <summary>What it checks, in order.</summary>
    public required string[] Checks { get; init; }
}
