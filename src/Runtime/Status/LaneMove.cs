using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>A lane move to be recorded. The log gives it its time and id.</summary>
internal readonly struct LaneMove
{
    public required string WpId { get; init; }

    public required Lane From { get; init; }

    public required Lane To { get; init; }

    /// <summary>Verbatim, as the caller gave it.</summary>
    public required string Actor { get; init; }

    public bool Force { get; init; }

    /// <summary>The note, or a fixed text.</summary>
    public string? Reason { get; init; }

    public string? ReviewRef { get; init; }

    public Evidence? Evidence { get; init; }

    /// <summary>Stored at level 1.3.0 and up.</summary>
    public ReviewResult? ReviewResult { get; init; }

    /// <summary>The policy object, or what a merge records.</summary>
    public Payload? PolicyMetadata { get; init; }
}
