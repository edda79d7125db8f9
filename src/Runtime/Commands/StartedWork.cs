using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>A work package that is being implemented.</summary>
/// <param name="From">The lane it was in.</param>
/// <param name="IsResumed">Its actor had it already: nothing is written.</param>
/// <param name="WorkspacePath">Absolute path of the place to work in.</param>
/// <param name="Lane">Its lane of lanes.json; null for none.</param>
internal sealed record StartedWork(Lane From, bool IsResumed, string WorkspacePath, LaneAssignment? Lane);
