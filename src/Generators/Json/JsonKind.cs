namespace SpecKitty.Generators.Json;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind
{
    /// <summary>Nothing usable stood where a value was expected; an error has been recorded.</summary>
    Missing,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
