namespace SpecKitty.Contract.Tests.Harness;

/// <summary>A lane with one work package, whose branch has one commit of one file.</summary>
internal sealed record PlannedLane(string Id, string Wp, string File, string Text);
