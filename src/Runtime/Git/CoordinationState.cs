namespace SpecKitty.Git;

/// <summary>What is found where a coordination worktree should be.</summary>
internal enum CoordinationState
{
    /// <summary>Nothing: the first mutation adds it.</summary>
    Absent,

    /// <summary>A worktree that git has begun to make: the first mutation waits for its end, or makes it anew.</summary>
    Unfinished,

    /// <summary>A worktree of this repository with the expected branch checked out.</summary>
    Ready,

    /// <summary>A directory that is no worktree of this repository.</summary>
    Husk,

    /// <summary>A worktree with something else checked out.</summary>
    Elsewhere,

    /// <summary>The machine failed at the look; <see cref="CoordinationWorktree.Fault"/> says how.</summary>
    Unknown,
}
