namespace SpecKitty.Missions;

/// <summary>What a YAML node is, as far as this host tells nodes apart.</summary>
internal enum YamlKind : byte
{
    /// <summary>No value: <c>key:</c>, <c>~</c>, <c>null</c>.</summary>
    Null,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A scalar that is no string: a number, a boolean, a timestamp, or one with a tag of its own.</summary>
    Literal,

    /// <summary>A list.</summary>
    Sequence,

    /// <summary>Keys and values.</summary>
    Mapping,
}
