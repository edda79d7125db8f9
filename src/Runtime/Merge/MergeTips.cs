using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>Where the branches of a merge are when it is planned. The transaction that moves them holds them to it.</summary>
internal sealed class MergeTips
{
    /// <summary>The commit to land on.</summary>
    public required string Target { get; init; }

    /// <summary>The target is known from origin only: the branch is made.</summary>
    public required bool IsTargetNew { get; init; }

    /// <summary>Null for a mission branch that does not exist: it starts at the target.</summary>
    public required string? Mission { get; init; }

    /// <summary>Null where rows are in no branch of their own.</summary>
    public required string? Status { get; init; }

    public required Items<LaneTip> Lanes { get; init; }
}
