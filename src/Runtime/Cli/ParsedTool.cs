using SpecKitty.Contract;

namespace SpecKitty.Cli;

/// <summary>What became of a tool's argv: exactly one of its members is there.</summary>
/// <param name="Request">What is asked for.</param>
/// <param name="Help">The help that was asked for.</param>
/// <param name="Error">What is wrong with argv.</param>
internal readonly record struct ParsedTool(ToolRequest? Request, string? Help, string? Error);
