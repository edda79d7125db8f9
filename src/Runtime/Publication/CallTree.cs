using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>Everything that can be typed, from the tables of commands and tools: what completions and the man page are made of.</summary>
internal static class CallTree
{
    /// <summary>The executable, with the words below it; what is for other programs is left out.</summary>
    public static CallWord Build()
    {
        var root = new CallWord([], ContractConstants.Executable, Messages.ExecutableDescription());
        var group = root.Add(ContractConstants.Group, CommandTable.GroupDocumentation, []);
        foreach (var command in CommandTable.All)
        {
            Add(group, command);
        }

        foreach (var tool in ToolTable.All)
        {
            if (!tool.IsHidden)
            {
                Add(root, tool, 0);
            }
        }

        return root;
    }

    /// <summary>Every word, each before those that may follow it.</summary>
    public static Items<CallWord> Walk(CallWord root)
    {
        Items<CallWord> all = [];
        Below(root);
        return all;

        void Below(CallWord word)
        {
            all.Add(word);
            foreach (var next in word.Words)
            {
                Below(next);
            }
        }
    }

    private static void Add(CallWord group, CommandDefinition command)
    {
        var examples = new ToolExample[command.Examples.Length];
        for (int i = 0; i < examples.Length; i++)
        {
            examples[i] = new ToolExample($"{ContractConstants.Group} {command.Examples[i]}", "");
        }

        var word = group.Add(command.Name, command.Documentation, examples);
        foreach (var use in command.Flags)
        {
            var flag = use.Flag;
            AddFlag(word, flag.Name, flag.Documentation, flag.IsSwitch ? null : new CallValue(flag.ValueName!, FlagChoices.Of(flag), IsFile: false), use.Required, flag.Negation);
        }
    }

    private static void Add(CallWord parent, ToolDefinition tool, int index)
    {
        if (index < tool.Words.Length - 1)
        {
            CallWord? between = null;
            foreach (var there in parent.Words)
            {
                between = there.Name == tool.Words[index] ? there : between;
            }

            Add(between ?? parent.Add(tool.Words[index], Messages.ContractToolsDescription(), []), tool, index + 1);
            return;
        }

        var word = parent.Add(tool.Words[index], tool.Documentation, tool.Examples);
        word.ExitStatuses = tool.ExitStatuses;
        foreach (var flag in tool.Flags)
        {
            var value = flag.IsSwitch ? null : new CallValue(flag.ValueName ?? "VALUE", flag.Name == "--level" ? ContractLevels.Texts : flag.Values, flag.IsFile);
            AddFlag(word, flag.Name!, flag.Documentation, value, flag.Required, flag.Negation);
        }

        foreach (var argument in tool.Arguments)
        {
            word.Arguments.Add(new CallValue(argument.ValueName!, Values(tool.Id, argument), argument.IsFile, argument.Required, argument.Documentation));
        }
    }

    private static void AddFlag(CallWord word, string name, string documentation, CallValue? value, bool isRequired, string? negation)
    {
        word.Flags.Add(new CallFlag(name, documentation, value, isRequired));
        if (negation is not null)
        {
            word.Flags.Add(new CallFlag(negation, $"The opposite of {name}.", null, IsRequired: false));
        }
    }

    /// <summary>The values of an argument; where other tables have them, those.</summary>
    private static string[] Values(ToolId tool, ToolParameter argument) => tool switch
    {
        ToolId.Explain => ErrorFacts.Names().ToArray(),
        ToolId.Schema => SchemaDocument.Subjects(ContractLevels.Highest).ToArray(),
        _ => argument.Values,
    };
}
