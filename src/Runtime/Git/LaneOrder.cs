using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>What a lane's worktree is to be: all of it decided by the caller, nothing looked up here.</summary>
internal sealed class LaneOrder
{
    public required string LaneId { get; init; }

    /// <summary>Absolute path of the git directory that all worktrees share.</summary>
    public required string CommonDirectory { get; init; }

    /// <summary>Absolute path of the worktree.</summary>
    public required string Path { get; init; }

    /// <summary>Absolute path of the project.</summary>
    public required string Root { get; init; }

    /// <summary>The lane's branch.</summary>
    public required string Branch { get; init; }

    /// <summary>The branch that the lane starts at.</summary>
    public required string Parent { get; init; }

    /// <summary>Where <see cref="Parent"/> is made when there is no such branch.</summary>
    public required string ParentStart { get; init; }

    /// <summary>Lanes whose work this one builds on, in the order in which they are merged.</summary>
    public required Items<LaneDependency> Dependencies { get; init; }

    /// <summary>Paths that the worktree leaves out, from the repository's top; empty for none.</summary>
    public required string[] LeftOut { get; init; }
}
