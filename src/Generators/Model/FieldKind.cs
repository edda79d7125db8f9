namespace SpecKitty.Generators.Model;

/// <summary>What a field can be.</summary>
internal enum FieldKind
{
    /// <summary>Nothing known; the schema has an error. The field is there, as an object, and is not written.</summary>
    Unknown,
    String,
    Int,
    Long,
    Bool,
    Lane,
    Json,

    /// <summary>Any payload.</summary>
    Payload,

    /// <summary>One payload in particular.</summary>
    Part,
    List,
    Map,
}
