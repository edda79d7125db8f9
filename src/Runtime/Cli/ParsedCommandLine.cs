using SpecKitty.Contract;

namespace SpecKitty.Cli;

/// <summary>What the full parser made of argv: exactly one of its members is there.</summary>
/// <param name="Request">A request that the fast path did not take.</param>
/// <param name="Help">The help that was asked for.</param>
/// <param name="Error">What is wrong with argv.</param>
internal readonly record struct ParsedCommandLine(Request? Request, string? Help, string? Error);
