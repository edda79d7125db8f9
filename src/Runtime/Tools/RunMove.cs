using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>One move of a work package.</summary>
internal sealed class RunMove
{
    /// <summary>When, as the row has it.</summary>
    public required string At { get; init; }

    /// <summary>The same in microseconds since 1970; null where that cannot be told.</summary>
    public required long? Time { get; init; }

    public required string EventId { get; init; }

    public required string WpId { get; init; }

    public required Lane From { get; init; }

    public required Lane To { get; init; }

    public bool Force { get; init; }

    /// <summary>A reviewer sent it back.</summary>
    public bool IsRollback { get; init; }

    public required string Actor { get; init; }

    public string? Reason { get; init; }
}
