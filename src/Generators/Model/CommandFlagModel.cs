namespace SpecKitty.Generators.Model;

/// <summary>A command's use of a flag.</summary>
internal sealed record CommandFlagModel(Reference Flag, bool Required);
