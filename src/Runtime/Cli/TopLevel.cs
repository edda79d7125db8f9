using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Cli;

/// <summary>What the executable does besides the contract's group: say what it is, run the tools, and hand over everything it does not know.</summary>
internal static class TopLevel
{
    /// <param name="args">The whole command line, without the group's name in front.</param>
    /// <returns>The exit status.</returns>
    public static int Run(ReadOnlySpan<string> args)
    {
        switch (args.Length == 0 ? "--help" : args[0])
        {
            case "--help" when args.Length <= 1:
                return Print(CommandLineParser.TopLevelHelp());
            case "--version" when args.Length == 1:
                return Print(Version());
            case MergeDriverEventLog.Word:
                return MergeDriverEventLog.Run(args[1..]);
            default:
                return ToolLine.Find(args) is { } tool ? ToolLine.Run(tool, args) : HandOver(args[0]);
        }
    }

    private static int HandOver(string word)
    {
        string refusal = Handover.Named is { } named ? Messages.FallbackNotUsable(word, named) : Messages.NothingToHandOverTo(word) + Nearest.Hint(word, Words());
        if (Handover.Find() is { } candidate)
        {
            refusal = Messages.HandoverFailed(word, candidate.Path, Handover.Become(candidate));
        }

        StandardOutput.WriteError(Encoding.UTF8.GetBytes(refusal + "\n"));
        return ExitStatus.Usage;
    }

    /// <summary>The first words that this executable knows.</summary>
    private static IEnumerable<string> Words()
    {
        yield return ContractConstants.Group;
        foreach (var tool in ToolTable.All)
        {
            if (!tool.IsHidden)
            {
                yield return tool.Words[0];
            }
        }
    }

    private static string Version()
    {
        string levels = string.Join(", ", ContractLevels.Texts);
        string next = Handover.Find() is { } candidate ? Messages.HandsOverTo(candidate.Path)
            : Handover.Named is { } named ? Messages.HandsOverToUnusable(named)
            : Messages.HandsOverToNothing();
        return $"{Messages.VersionLine(ContractConstants.Executable, BuildVersion.Text, levels)}\n{next}\n";
    }

    private static int Print(string text)
    {
        StandardOutput.Write(Encoding.UTF8.GetBytes(text));
        return ToolLine.Written(ContractConstants.Executable, ExitStatus.Success);
    }
}
