namespace SpecKitty.Merge;

/// <summary>A clean worktree that goes with its branch.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="GitDirectory">Absolute path of its git directory.</param>
/// <param name="CheckedAt">When it was last seen clean: nanoseconds since 1970. What changed there later keeps it.</param>
internal sealed record WorktreeRemoval(string Path, string GitDirectory, long CheckedAt);
