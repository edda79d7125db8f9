namespace SpecKitty.Status;

/// <summary>A note to be recorded as a row that moves nothing (HOST §10.5). The log gives it its time and id.</summary>
internal readonly struct Annotation
{
    public required string WpId { get; init; }

    /// <summary>Verbatim, as the caller gave it.</summary>
    public required string Actor { get; init; }

    /// <summary>The whole text: <c>- [time] actor: note</c>.</summary>
    public required string Note { get; init; }
}
