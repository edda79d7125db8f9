using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Cli;

/// <summary>System.CommandLine over the generated table of tools: it owns parsing, help and errors. Every value is a text; none is converted.</summary>
internal static class ToolParser
{
    /// <param name="tool">The tool.</param>
    /// <param name="args">The whole command line, which begins with the tool's words, or with the first of them.</param>
    public static ParsedTool Parse(ToolDefinition tool, ReadOnlySpan<string> args)
    {
        LibraryTexts.Use();
        var symbols = new Dictionary<string, Symbol>();
        var root = new Command(ContractConstants.Executable);
        Add(root, tool, 0, symbols);
        var parsed = root.Parse(args.ToArray(), CommandLineParser.Strict);
        if (parsed.Action is HelpAction help)
        {
            return new ParsedTool(null, CommandLineParser.HelpText(parsed, help) + More(tool), null);
        }

        return parsed.Errors.Count > 0 ? new ParsedTool(null, null, CommandLineParser.Sentence(parsed.Errors, hasWords: true) + Hint(tool, args))
            : MisspelledFlag(tool, args, parsed, symbols) is { } flag ? new ParsedTool(null, null, Messages.FlagUnknown(flag) + Hint(tool, args))
            : new ParsedTool(ToolRequests.Make(tool.Id, new Arguments(parsed, symbols)), null, null);
    }

    /// <summary>"Did you mean", of the first flag that the tool does not have, or of a word of the tool's name.</summary>
    private static string Hint(ToolDefinition tool, ReadOnlySpan<string> args)
    {
        List<string> flags = [CommandLineParser.HelpFlag];
        foreach (var flag in tool.Flags)
        {
            flags.Add(flag.Name!);
            flags.AddRange(flag.Negation is { } negation ? [negation] : []);
        }

        for (int i = 1; i < args.Length; i++)
        {
            if (i < tool.Words.Length && args[i] != tool.Words[i])
            {
                return Nearest.Hint(args[i], [tool.Words[i]]);
            }

            if (args[i].StartsWith("--", StringComparison.Ordinal) && !flags.Has(args[i].Split('=')[0]))
            {
                return Nearest.Hint(args[i].Split('=')[0], flags);
            }
        }

        return "";
    }

    /// <summary>What looks like a flag, or like a switch with a value, and was taken for an argument; null for nothing. Behind <c>--</c> anything goes.</summary>
    private static string? MisspelledFlag(ToolDefinition tool, ReadOnlySpan<string> args, ParseResult parsed, Dictionary<string, Symbol> symbols)
    {
        if (args.Contains("--"))
        {
            return null;
        }

        foreach (string arg in args)
        {
            if (arg.IndexOf('=') is > 0 and var equals && symbols.TryGetValue(arg[..equals], out var symbol) && symbol is Option<bool>)
            {
                return arg;
            }
        }

        foreach (var argument in tool.Arguments)
        {
            foreach (var token in parsed.GetResult(symbols[argument.Id])?.Tokens ?? [])
            {
                if (token.Value is ['-', _, ..])
                {
                    return token.Value;
                }
            }
        }

        return null;
    }

    /// <summary>Adds a tool below <paramref name="parent"/>, a command a word; words of tools that are there already are shared.</summary>
    internal static void Add(Command parent, ToolDefinition tool, int word, Dictionary<string, Symbol>? symbols)
    {
        foreach (var there in parent.Subcommands)
        {
            if (there.Name == tool.Words[word])
            {
                Add(there, tool, word + 1, symbols);
                return;
            }
        }

        bool isLast = word == tool.Words.Length - 1;
        var command = new Command(tool.Words[word], isLast ? tool.Documentation : Messages.ContractToolsDescription()) { new HelpOption(CommandLineParser.HelpFlag) };
        command.Hidden = tool.IsHidden;
        parent.Subcommands.Add(command);
        if (!isLast)
        {
            Add(command, tool, word + 1, symbols);
            return;
        }

        command.SetAction(static _ => 0);
        foreach (var argument in tool.Arguments)
        {
            Argument made = argument.Repeated
                ? Limited(argument, new Argument<string[]>(argument.ValueName!) { CustomParser = CommandLineParser.Unconverted<string[]> }, static (one, values) => one.AcceptOnlyFromAmong(values))
                : Limited(argument, new Argument<string>(argument.ValueName!) { CustomParser = CommandLineParser.Unconverted<string> }, static (one, values) => one.AcceptOnlyFromAmong(values));
            made.Description = argument.Documentation;
            made.Arity = Arity(argument);
            command.Arguments.Add(made);
            symbols?.Add(argument.Id, made);
        }

        foreach (var flag in tool.Flags)
        {
            AddFlag(command, flag, symbols);
        }
    }

    private static void AddFlag(Command command, ToolParameter flag, Dictionary<string, Symbol>? symbols)
    {
        if (flag.IsSwitch)
        {
            AddSwitch(command, flag.Name!, flag.Documentation, symbols);
            if (flag.Negation is { } negation)
            {
                AddSwitch(command, negation, CommandLineParser.Opposite(flag.Name!), symbols);
            }

            return;
        }

        Option option = flag.Repeated
            ? Limited(flag, new Option<string[]>(flag.Name!) { Arity = ArgumentArity.OneOrMore, CustomParser = CommandLineParser.Unconverted<string[]> }, static (one, values) => one.AcceptOnlyFromAmong(values))
            : Limited(flag, new Option<string>(flag.Name!) { CustomParser = CommandLineParser.Unconverted<string> }, static (one, values) => one.AcceptOnlyFromAmong(values));
        option.Description = flag.Documentation;
        option.HelpName = flag.ValueName;
        option.Required = flag.Required;
        command.Options.Add(option);
        symbols?.Add(flag.Name!, option);
    }

    private static void AddSwitch(Command command, string name, string documentation, Dictionary<string, Symbol>? symbols)
    {
        var option = new Option<bool>(name) { Description = documentation, Arity = ArgumentArity.Zero };
        command.Options.Add(option);
        symbols?.Add(name, option);
    }

    private static T Limited<T>(ToolParameter parameter, T symbol, Action<T, string[]> limit)
    {
        if (parameter.Values.Length > 0)
        {
            limit(symbol, [.. parameter.Values]);
        }

        return symbol;
    }

    private static ArgumentArity Arity(ToolParameter argument) => (argument.Required, argument.Repeated) switch
    {
        (true, true) => ArgumentArity.OneOrMore,
        (true, false) => ArgumentArity.ExactlyOne,
        (false, true) => ArgumentArity.ZeroOrMore,
        _ => ArgumentArity.ZeroOrOne,
    };

    /// <summary>What the library's help has no place for.</summary>
    private static string More(ToolDefinition tool)
    {
        var text = new StringBuilder();
        if (tool.Examples.Length > 0)
        {
            text.Append("Examples:\n");
            foreach (var example in tool.Examples)
            {
                text.Append("  ").Append(ContractConstants.Executable).Append(' ').Append(example.Call).Append("\n      ").Append(example.Documentation).Append('\n');
            }

            text.Append('\n');
        }

        text.Append("Exit status:\n");
        foreach (var status in tool.ExitStatuses)
        {
            CommandLineParser.ExitStatusLine(text, status.Value, status.Documentation);
        }

        return text.ToString();
    }

    private sealed class Arguments(ParseResult parsed, Dictionary<string, Symbol> symbols) : IToolArguments
    {
        public bool Has(string name) => parsed.GetResult(symbols[name]) is OptionResult { Implicit: false };

        public string? Text(string name) => Tokens(name) is [.., var last] ? last.Value : null;

        public string[] Texts(string name)
        {
            var tokens = Tokens(name);
            var texts = new string[tokens.Count];
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = tokens[i].Value;
            }

            return texts;
        }

        private IReadOnlyList<Token> Tokens(string name) => parsed.GetResult(symbols[name])?.Tokens ?? [];
    }
}
