namespace SpecKitty.Merge;

/// <summary>How the mission's work lands on its target (HOST §6.9c).</summary>
internal enum MergeStrategy : byte
{
    /// <summary>A merge commit with both sides as parents.</summary>
    Merge,

    /// <summary>One commit on the target.</summary>
    Squash,

    /// <summary>Every commit of the mission again, on top of the target.</summary>
    Rebase,
}
