using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>A word of the command line, and what may stand behind it.</summary>
/// <param name="Name">The word.</param>
/// <param name="Documentation">What it does, in a sentence.</param>
internal sealed record CallWord(string Name, string Documentation)
{
    /// <summary>The words that may follow.</summary>
    public List<CallWord> Words { get; } = [];

    /// <summary>The flags, where no word follows.</summary>
    public IReadOnlyList<CallFlag> Flags { get; init; } = [];

    /// <summary>What is typed without a flag.</summary>
    public IReadOnlyList<CallValue> Arguments { get; init; } = [];

    /// <summary>What it ends with, where that is not what every call of the contract ends with.</summary>
    public IReadOnlyList<ToolExitStatus> ExitStatuses { get; init; } = [];

    /// <summary>Calls to show, without the executable, each with what it does.</summary>
    public IReadOnlyList<(string Call, string Documentation)> Examples { get; init; } = [];
}
