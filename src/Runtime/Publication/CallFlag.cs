namespace SpecKitty.Publication;

/// <summary>A flag of the command line.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Documentation">What it is for, in a sentence.</param>
/// <param name="Value">Its value; null for a switch.</param>
/// <param name="IsRequired">Whether the call cannot do without it.</param>
internal sealed record CallFlag(string Name, string Documentation, CallValue? Value, bool IsRequired);
