namespace SpecKitty.Merge;

/// <summary>What the target will be.</summary>
/// <param name="Commit">The commit to move it to; the target's own where nothing is to be added.</param>
/// <param name="Tree">Its tree.</param>
internal sealed record Landing(string Commit, string Tree);
