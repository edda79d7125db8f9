namespace SpecKitty.Contract;

/// <summary>What a tool can end with.</summary>
/// <param name="Value">The status.</param>
/// <param name="Documentation">What it says.</param>
internal sealed record ToolExitStatus(int Value, string Documentation);
