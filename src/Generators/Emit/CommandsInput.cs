using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Emit;

/// <summary>All commands.</summary>
/// <param name="Group">The first word of every call.</param>
/// <param name="Documentation">What the contract is, for help.</param>
/// <param name="FirstLevel">The oldest contract level.</param>
/// <param name="Commands">The commands in the order of help.</param>
internal sealed record CommandsInput(string Group, string Documentation, string FirstLevel, EquatableArray<CommandInput> Commands);
