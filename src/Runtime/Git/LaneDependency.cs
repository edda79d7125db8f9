namespace SpecKitty.Git;

/// <summary>A lane that another lane builds on.</summary>
/// <param name="LaneId">Its id in lanes.json.</param>
/// <param name="Branch">Its branch.</param>
internal sealed record LaneDependency(string LaneId, string Branch);
