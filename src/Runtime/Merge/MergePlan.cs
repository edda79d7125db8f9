using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;

namespace SpecKitty.Merge;

/// <summary>All that a merge will do, decided before it does any of it.</summary>
internal sealed class MergePlan
{
    public required string Mission { get; init; }

    public required string Target { get; init; }

    public required MergeStrategy Strategy { get; init; }

    /// <summary>The commit that the target will be at.</summary>
    public required string Landed { get; init; }

    /// <summary>The work packages of the lanes that land, in the manifest's order.</summary>
    public required string[] WorkPackages { get; init; }

    /// <summary>In one transaction.</summary>
    public required Items<RefMove> Refs { get; init; }

    public required Items<WorktreeMove> Moves { get; init; }

    public required Items<WorktreeRemoval> Removals { get; init; }

    /// <summary>Worktrees that stay because of files in them; absolute paths.</summary>
    public required string[] KeptWorktrees { get; init; }

    /// <summary>Log and snapshot of the main checkout become those that landed, although no row is appended there: the worktree that had them goes.</summary>
    public required bool WritesStatus { get; init; }

    /// <summary>There are rows to append.</summary>
    public required bool HasRows { get; init; }

    /// <summary>Everything has landed already.</summary>
    public bool IsNoOp => Refs.Count == 0 && Moves.Count == 0 && Removals.Count == 0 && !HasRows;
}
