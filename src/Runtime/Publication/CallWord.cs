using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>A word of the command line, and what may stand behind it.</summary>
/// <param name="path">The words in front of it and itself, the executable left out.</param>
/// <param name="name">The word.</param>
/// <param name="documentation">What it does, in a sentence.</param>
internal sealed class CallWord(string[] path, string name, string documentation)
{
    public string[] Path => path;

    public string Name => name;

    public string Documentation => documentation;

    /// <summary>The words that may follow.</summary>
    public Items<CallWord> Words { get; } = [];

    /// <summary>The flags, where no word follows.</summary>
    public Items<CallFlag> Flags { get; } = [];

    /// <summary>What is typed without a flag.</summary>
    public Items<CallValue> Arguments { get; } = [];

    /// <summary>What it ends with, where that is not what every call of the contract ends with.</summary>
    public ToolExitStatus[] ExitStatuses { get; set; } = [];

    /// <summary>Calls to show, without the executable, each with what it does.</summary>
    public ToolExample[] Examples { get; init; } = [];

    /// <summary>Adds a word that may follow.</summary>
    public CallWord Add(string next, string about, ToolExample[] examples)
    {
        var word = new CallWord([.. path, next], next, about) { Examples = examples };
        Words.Add(word);
        return word;
    }

    /// <summary>The path with <paramref name="separator"/> in front of each word.</summary>
    public string Joined(string separator)
    {
        string joined = "";
        foreach (string word in path)
        {
            joined += separator + word;
        }

        return joined;
    }
}
