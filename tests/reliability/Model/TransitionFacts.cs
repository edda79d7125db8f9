namespace SpecKitty.Reliability.Model;

/// <summary>What a transition call gave the guards to look at.</summary>
internal sealed record TransitionFacts
{
    public required string Actor { get; init; }

    public bool Force { get; init; }

    public string? Note { get; init; }

    public string? ReviewRef { get; init; }

    /// <summary>A complete review object was given.</summary>
    public bool Evidence { get; init; }

    public bool Subtasks { get; init; } = true;

    public bool Implementation { get; init; } = true;
}
