using System;
using System.Collections.Generic;
using System.Linq;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>Everything that can be typed, from the tables of commands and tools: what completions and the man page are made of.</summary>
internal static class CallTree
{
    /// <summary>The executable, with the words below it; what is for other programs is left out.</summary>
    public static CallWord Build()
    {
        var root = new CallWord(ContractConstants.Executable, Messages.ExecutableDescription());
        var group = new CallWord(ContractConstants.Group, CommandTable.GroupDocumentation);
        group.Words.AddRange(CommandTable.All.Select(Of));
        root.Words.Add(group);
        foreach (var tool in ToolTable.All.Where(static tool => !tool.IsHidden))
        {
            Add(root, tool, 0);
        }

        return root;
    }

    /// <summary>Every word with the words in front of it, the executable left out.</summary>
    public static IEnumerable<(string[] Path, CallWord Word)> Walk(CallWord root)
    {
        return Below([], root);

        static IEnumerable<(string[] Path, CallWord Word)> Below(string[] path, CallWord word) =>
            word.Words.SelectMany(next => Below([.. path, next.Name], next)).Prepend((path, word));
    }

    private static CallWord Of(CommandDefinition command)
    {
        List<CallFlag> flags = [];
        foreach (var use in command.Flags)
        {
            var flag = use.Flag;
            var values = flag.Name == Flags.To ? Lanes.Displayed.Select(Lanes.Name).ToArray() : flag.Values;
            flags.Add(new CallFlag(flag.Name, flag.Documentation, flag.IsSwitch ? null : new CallValue(flag.ValueName!, values, IsFile: false), use.Required));
            if (flag.Negation is { } negation)
            {
                flags.Add(new CallFlag(negation, $"The opposite of {flag.Name}.", null, IsRequired: false));
            }
        }

        return new CallWord(command.Name, command.Documentation)
        {
            Flags = flags,
            Examples = [.. command.Examples.Select(example => ($"{ContractConstants.Group} {example}", ""))],
        };
    }

    private static void Add(CallWord parent, ToolDefinition tool, int word)
    {
        if (word < tool.Words.Count - 1)
        {
            var between = parent.Words.FirstOrDefault(there => there.Name == tool.Words[word]);
            if (between is null)
            {
                between = new CallWord(tool.Words[word], Messages.ContractToolsDescription());
                parent.Words.Add(between);
            }

            Add(between, tool, word + 1);
            return;
        }

        parent.Words.Add(new CallWord(tool.Words[word], tool.Documentation)
        {
            Flags = [.. tool.Flags.SelectMany(Of)],
            Arguments = [.. tool.Arguments.Select(argument => new CallValue(argument.ValueName!, Values(tool.Id, argument), argument.IsFile, argument.Required, argument.Documentation))],
            ExitStatuses = tool.ExitStatuses,
            Examples = [.. tool.Examples.Select(static example => (example.Call, example.Documentation))],
        });
    }

    private static IEnumerable<CallFlag> Of(ToolParameter flag)
    {
        var value = flag.IsSwitch ? null : new CallValue(flag.ValueName ?? "VALUE", flag.Name == "--level" ? ContractLevels.Texts : flag.Values, flag.IsFile);
        yield return new CallFlag(flag.Name!, flag.Documentation, value, flag.Required);
        if (flag.Negation is { } negation)
        {
            yield return new CallFlag(negation, $"The opposite of {flag.Name}.", null, IsRequired: false);
        }
    }

    /// <summary>The values of an argument; where other tables have them, those.</summary>
    private static IReadOnlyList<string> Values(ToolId tool, ToolParameter argument) => tool switch
    {
        ToolId.Explain => [.. ErrorCatalog.All.Select(ErrorCatalog.Name)],
        ToolId.Schema => SchemaDocument.Subjects(ContractLevels.Highest),
        _ => argument.Values,
    };
}
