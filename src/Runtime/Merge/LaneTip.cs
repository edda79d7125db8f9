namespace SpecKitty.Merge;

/// <summary>A lane and where its branch is.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Branch">The branch's commit; null if there is no such branch, or none is needed.</param>
/// <param name="HasLanded">What is there landed with an earlier merge.</param>
internal sealed record LaneTip(MergeLane Lane, string? Branch, bool HasLanded)
{
    /// <summary>The commit to be merged; null for nothing.</summary>
    public string? Tip => HasLanded ? null : Branch;
}
