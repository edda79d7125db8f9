using System.Collections.Generic;

namespace SpecKitty.Merge;

/// <summary>What a merge did besides what was planned.</summary>
internal sealed class MergeOutcome
{
    /// <summary>Whether worktrees were removed.</summary>
    public bool HasRemovedWorktrees { get; set; }

    public List<string> KeptWorktrees { get; } = [];

    public List<string> Warnings { get; } = [];
}
