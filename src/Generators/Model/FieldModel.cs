using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>A payload's field.</summary>
internal sealed record FieldModel(string Name, FieldType Type, string Documentation)
{
    /// <summary>Whether the key is left out when there is no value.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether null is written when there is no value.</summary>
    public bool Nullable { get; init; }

    /// <summary>The level it came with; null for the first.</summary>
    public Reference? Since { get; init; }

    /// <summary>The values it can have; empty when they are open.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>What its text looks like, an ECMA-262 regular expression; null where it may be any.</summary>
    public string? Pattern { get; init; }

    /// <summary>A payload whose members follow those of a field of type payload.</summary>
    public Reference? Tail { get; init; }
}
