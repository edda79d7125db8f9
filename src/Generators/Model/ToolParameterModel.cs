namespace SpecKitty.Generators.Model;

/// <summary>A tool's flag or argument.</summary>
/// <param name="Id">What the tool calls it.</param>
/// <param name="Flag">What it is; an argument is a flag without a name.</param>
internal sealed record ToolParameterModel(Reference Id, FlagModel Flag)
{
    /// <summary>Whether it is a flag of flags.json, which linking puts in.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether its value names a file.</summary>
    public bool IsFile { get; init; }

    /// <summary>Whether argv without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it may be given more than once, and each time counts.</summary>
    public bool Repeated { get; init; }
}
