using System.Collections.Generic;

namespace SpecKitty.Reliability.Model;

/// <summary>One call of a recorded history: what was asked, what was answered, and between which instants.</summary>
internal sealed record Operation
{
    public required OperationKind Kind { get; init; }

    /// <summary>Unique in the history; signs the rows that the call wrote.</summary>
    public required string Tag { get; init; }

    public string Wp { get; init; } = "";

    public string Actor { get; init; } = "";

    /// <summary>Target lane of a transition.</summary>
    public string To { get; init; } = "";

    public TransitionFacts? Facts { get; init; }

    /// <summary>Monotonic nanoseconds: before the process was started, after it had ended.</summary>
    public long Started { get; init; }

    public long Ended { get; init; }

    public required Outcome Outcome { get; init; }
}

/// <summary>The commands that the model knows.</summary>
internal enum OperationKind
{
    Start,
    Review,
    Transition,
    State,
    Ready,
}

/// <summary>What a call answered, as far as the model speaks about it.</summary>
internal sealed record Outcome
{
    /// <summary>False for a call that was killed: it may have taken effect or not, at any time after it began.</summary>
    public bool Answered { get; init; } = true;

    public bool Success { get; init; }

    public bool NoOp { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>reason_code of a failure.</summary>
    public string Reason { get; init; } = "";

    /// <summary>claimed_by of WP_ALREADY_CLAIMED.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Unsatisfied dependencies, or the work packages that are ready, or wp=lane/actor of each: in the answer's order.</summary>
    public IReadOnlyList<string> List { get; init; } = [];

    /// <summary>A refusal that says nothing about the state, such as LOCK_TIMEOUT.</summary>
    public bool IsNeutral => Answered && !Success && Reason is "LOCK_TIMEOUT" or "DEADLINE_EXCEEDED" or "INTERRUPTED" or "IO_FAILED";
}
