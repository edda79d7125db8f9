using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>A payload's field as data. Made by the generated <see cref="PayloadTable"/>.</summary>
/// <param name="name">The key.</param>
/// <param name="type">The type as schemas/payloads writes it.</param>
/// <param name="documentation">What it is, in a sentence.</param>
internal sealed class FieldDefinition(string name, string type, string documentation)
{
    /// <summary>The key.</summary>
    public string Name { get; } = name;

    /// <summary>The type as schemas/payloads writes it: string, int, long, bool, lane, json, payload or a part's id; with [] behind it or map: before it.</summary>
    public string Type { get; } = type;

    /// <summary>What it is, in a sentence.</summary>
    public string Documentation { get; } = documentation;

    /// <summary>Whether the key is left out when there is no value.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether null is written when there is no value.</summary>
    public bool Nullable { get; init; }

    /// <summary>The level that it came with.</summary>
    public ContractLevel Since { get; init; }

    /// <summary>The values it can have; empty when they are open.</summary>
    public string[] Values { get; init; } = [];

    /// <summary>What its text looks like, an ECMA-262 regular expression; null where it may be any.</summary>
    public string? Pattern { get; init; }
}
