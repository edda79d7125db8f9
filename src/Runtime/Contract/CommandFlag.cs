namespace SpecKitty.Contract;

/// <summary>A command's use of a flag.</summary>
internal sealed class CommandFlag
{
    /// <summary>The flag.</summary>
    public required FlagDefinition Flag { get; init; }

    /// <summary>Whether the command cannot do without it.</summary>
    public bool Required { get; init; }
}
