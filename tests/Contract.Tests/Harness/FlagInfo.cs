namespace SpecKitty.Contract.Tests.Harness;

/// <summary>A flag of a command: its name on the command line, and the name of its opposite where it has one.</summary>
internal sealed record FlagInfo(string Name, bool IsRequired, bool IsSwitch, string? Negation);
