using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>A payload as data. Made by the generated <see cref="PayloadTable"/>.</summary>
/// <param name="id">As schemas/payloads names it.</param>
/// <param name="kind">What it is for.</param>
/// <param name="documentation">What it is, in a sentence.</param>
internal sealed class PayloadDefinition(string id, PayloadKind kind, string documentation)
{
    /// <summary>As schemas/payloads names it.</summary>
    public string Id { get; } = id;

    /// <summary>What it is for.</summary>
    public PayloadKind Kind { get; } = kind;

    /// <summary>What it is, in a sentence.</summary>
    public string Documentation { get; } = documentation;

    /// <summary>Whether its fields are the lanes that are shown, each with a count.</summary>
    public bool CountsLanes { get; init; }

    /// <summary>The parts whose fields come first.</summary>
    public string[] Includes { get; init; } = [];

    /// <summary>Its own fields, in the order in which they are written.</summary>
    public required FieldDefinition[] Fields { get; init; }
}
