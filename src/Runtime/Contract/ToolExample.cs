namespace SpecKitty.Contract;

/// <summary>A call of a tool.</summary>
/// <param name="Call">What is typed behind the executable.</param>
/// <param name="Documentation">What it does.</param>
internal sealed record ToolExample(string Call, string Documentation);
