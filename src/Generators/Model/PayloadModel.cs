using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>payloads/*.json: an object that is written, and sometimes read.</summary>
internal sealed record PayloadModel(Reference Id, string Documentation) : SchemaModel(Id, Documentation)
{
    /// <summary>result, failure, part, row, document or envelope.</summary>
    public string Kind { get; init; } = PartKind;

    /// <summary>Whether the keys must stand in order.</summary>
    public bool Sorted { get; init; }

    /// <summary>Whether the fields are the lanes shown, each with a count.</summary>
    public bool CountsLanes { get; init; }

    /// <summary>Parts whose fields come first.</summary>
    public EquatableArray<Reference> Includes { get; init; }

    /// <summary>Its own fields, in the order written.</summary>
    public EquatableArray<FieldModel> Fields { get; init; }

    /// <summary>The type's name.</summary>
    public string ClassName => Identifiers.Pascal(Id.Id) + (Kind == ResultKind ? "Payload" : Kind == FailureKind ? "Data" : "");

    /// <summary>The answer of a command.</summary>
    public const string ResultKind = "result";

    /// <summary>What a failure adds to its data.</summary>
    public const string FailureKind = "failure";

    /// <summary>A part of others.</summary>
    public const string PartKind = "part";

    /// <summary>A row of the event log.</summary>
    public const string RowKind = "row";

    /// <summary>The envelope.</summary>
    public const string EnvelopeKind = "envelope";

    /// <summary>Every kind; what has none counts as the first.</summary>
    public static string[] Kinds { get; } = [PartKind, ResultKind, FailureKind, RowKind, "document", EnvelopeKind];
}
