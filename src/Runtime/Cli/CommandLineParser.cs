using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.IO;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Cli;

/// <summary>
/// System.CommandLine over the generated command table: it owns help, suggestions and errors. A well-formed call never gets here. Values do not
/// either: <see cref="ArgvShape"/> puts a stand-in in their place, so that no value, whatever it looks like, can be mistaken for an option,
/// a response file or a bundle (docs/adr/0007).
/// </summary>
internal static class CommandLineParser
{
    /// <summary>One dash does not bundle, and @ opens no file.</summary>
    internal static readonly ParserConfiguration Strict = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static ParsedCommandLine Parse(ReadOnlySpan<string> args, ContractLevel level) => Parse(Tree(level), args, level);

    /// <summary>The same with the tree given, which may serve many times.</summary>
    internal static ParsedCommandLine Parse(Command tree, ReadOnlySpan<string> args, ContractLevel level)
    {
        var shape = ArgvShape.Of(args, level);
        var parsed = tree.Parse(Words(shape.Tokens), Strict);
        if (parsed.Action is HelpAction help)
        {
            if (parsed.UnmatchedTokens.Count == 0)
            {
                return new ParsedCommandLine(null, HelpText(parsed, help) + Examples(args, level) + More(args, level), null);
            }

            // --help silences the library's errors; a word that nobody knows is one all the same, or a misspelt command would seem to have succeeded.
            parsed = tree.Parse(Words(shape.Tokens, isHelpLeftOut: true), Strict);
        }

        if (parsed.Errors.Count == 0 && ArgvFastPath.TryParse(shape.Canonical, level) is { } request)
        {
            return new ParsedCommandLine(request, null, null);
        }

        return new ParsedCommandLine(null, null, Sentence(parsed.Errors, args.Length > 0) + Hint(args, level));
    }

    private static string[] Words(string[] tokens, bool isHelpLeftOut = false)
    {
        List<string> words = [ContractConstants.Group];
        foreach (string token in tokens)
        {
            if (!isHelpLeftOut || token != HelpFlag)
            {
                words.Add(token);
            }
        }

        return words.ToArray();
    }

    /// <summary>Help of the executable itself: the group, the tools, and what happens to everything else.</summary>
    public static string TopLevelHelp()
    {
        LibraryTexts.Use();
        var root = new Command(ContractConstants.Executable, Messages.ExecutableDescription()) { new HelpOption(HelpFlag) };
        root.Options.Add(new Option<bool>("--version") { Description = Messages.VersionOption(), Arity = ArgumentArity.Zero });
        root.Subcommands.Add(Group(ContractLevels.Default));
        foreach (var tool in ToolTable.All)
        {
            ToolParser.Add(root, tool, 0, null);
        }

        var parsed = root.Parse(new[] { HelpFlag }, Strict);
        return parsed.Action is HelpAction help ? HelpText(parsed, help) + TopLevelExamples() : "";
    }

    /// <summary>What System.CommandLine's help has no place for: calls to show, of a command all, of the group one a command.</summary>
    private static string Examples(ReadOnlySpan<string> args, ContractLevel level)
    {
        var text = new StringBuilder("Examples:\n");
        foreach (var definition in CommandTable.All)
        {
            bool isAsked = args.Contains(definition.Name);
            for (int i = 0; i < definition.Examples.Length && definition.Since <= level; i++)
            {
                if (isAsked || (args[0] == HelpFlag && i == 0))
                {
                    Example(text, $"{ContractConstants.Group} {definition.Examples[i]}");
                }
            }
        }

        return text.Append('\n').ToString();
    }

    /// <summary>What values stand for others, where the command has such, and what a call ends with.</summary>
    private static string More(ReadOnlySpan<string> args, ContractLevel level)
    {
        var text = new StringBuilder();
        foreach (var definition in CommandTable.All)
        {
            foreach (var use in args.Contains(definition.Name) ? definition.Flags : [])
            {
                if (use.Flag.TakesContents && use.Flag.Since <= level)
                {
                    text.Append("Values:\n  ").Append(Messages.ContentsHint()).Append("\n\n");
                    break;
                }
            }
        }

        text.Append("Exit status:\n");
        foreach (var (value, documentation) in ExitStatusTable.All)
        {
            ExitStatusLine(text, value, documentation);
        }

        return text.ToString();
    }

    /// <summary>A line of help about an exit status.</summary>
    internal static void ExitStatusLine(StringBuilder text, int value, string documentation) =>
        text.Append("  ").Append(value.ToString(System.Globalization.CultureInfo.InvariantCulture).PadRight(5)).Append(documentation).Append('\n');

    /// <summary>What a flag is for, and what it can be where that is a choice: a value that is none of these is the command's to refuse, not the parser's.</summary>
    private static string Describe(FlagDefinition flag)
    {
        var values = FlagChoices.Of(flag);
        return values.Length == 0 ? flag.Documentation : flag.Documentation + " " + Messages.OneOf(string.Join(", ", values));
    }

    private static string TopLevelExamples()
    {
        var text = new StringBuilder("Examples:\n");
        Example(text, $"{ContractConstants.Group} {CommandTable.Get(CommandId.ContractVersion).Examples[0]}");
        foreach (var tool in ToolTable.All)
        {
            if (!tool.IsHidden && tool.Examples.Length > 0)
            {
                Example(text, tool.Examples[0].Call);
            }
        }

        return text.Append('\n').ToString();
    }

    private static void Example(StringBuilder text, string call) => text.Append("  ").Append(ContractConstants.Executable).Append(' ').Append(call).Append('\n');

    /// <summary>"Did you mean", behind a refusal: of the command, or of the first flag that it does not have.</summary>
    private static string Hint(ReadOnlySpan<string> args, ContractLevel level)
    {
        if (args.IsEmpty)
        {
            return "";
        }

        List<string> commands = [];
        foreach (var definition in CommandTable.All)
        {
            if (definition.Since <= level)
            {
                commands.Add(definition.Name);
                if (definition.Name == args[0])
                {
                    return FlagHint(definition, args[1..], level);
                }
            }
        }

        return Nearest.Hint(args[0], commands);
    }

    private static string FlagHint(CommandDefinition definition, ReadOnlySpan<string> args, ContractLevel level)
    {
        List<string> flags = [];
        foreach (var use in definition.Flags)
        {
            if (use.Flag.Since <= level)
            {
                flags.Add(use.Flag.Name);
                flags.AddRange(use.Flag.Negation is { } negation ? [negation] : []);
            }
        }

        foreach (string arg in args)
        {
            string name = arg.Split('=')[0];
            foreach (var use in definition.Flags)
            {
                if (use.Flag.Formerly == name)
                {
                    return " " + Messages.DidYouMean(use.Flag.Name);
                }
            }

            if (name.StartsWith("--", StringComparison.Ordinal) && !flags.Has(name) && Nearest.Of(name, flags) is { } meant)
            {
                return " " + Messages.DidYouMean(meant);
            }
        }

        return "";
    }

    internal static Command Tree(ContractLevel level)
    {
        LibraryTexts.Use();
        return new Command(ContractConstants.Executable) { Group(level) };
    }

    /// <summary>
    /// The parser of every option and argument that takes a value: who wants the value asks for its tokens. Without one the library takes its own converters, of all the
    /// types that it knows, and those are not in the executable (docs/adr/0009).
    /// </summary>
    internal static T? Unconverted<T>(ArgumentResult result) => default;

    private static Command Group(ContractLevel level)
    {
        var group = new Command(ContractConstants.Group, CommandTable.GroupDocumentation) { new HelpOption(HelpFlag) };
        foreach (var definition in CommandTable.All)
        {
            if (definition.Since <= level)
            {
                group.Subcommands.Add(Build(definition, level));
            }
        }

        return group;
    }

    private static Command Build(CommandDefinition definition, ContractLevel level)
    {
        var command = new Command(definition.Name, definition.Documentation) { new HelpOption(HelpFlag) };
        command.SetAction(static _ => 0);
        foreach (var use in definition.Flags)
        {
            var flag = use.Flag;
            if (flag.Since > level)
            {
                continue;
            }

            if (flag.IsSwitch)
            {
                command.Options.Add(new Option<bool>(flag.Name) { Description = flag.Documentation, Arity = ArgumentArity.Zero });
                if (flag.Negation is { } negation)
                {
                    command.Options.Add(new Option<bool>(negation) { Description = Opposite(flag.Name), Arity = ArgumentArity.Zero });
                }
            }
            else
            {
                command.Options.Add(new Option<string>(flag.Name)
                {
                    Description = Describe(flag),
                    HelpName = flag.ValueName,
                    Required = use.Required,
                    CustomParser = Unconverted<string>,
                });
            }
        }

        return command;
    }

    internal const string HelpFlag = "--help";

    internal static string Opposite(string flag) => $"The opposite of {flag}.";

    internal static string HelpText(ParseResult parsed, HelpAction help)
    {
        var output = new StringWriter { NewLine = "\n" };
        help.MaxWidth = int.MaxValue; // No terminal changes a byte.
        parsed.InvocationConfiguration.Output = output;
        help.Invoke(parsed);
        return output.ToString();
    }

    internal static string Sentence(IReadOnlyList<ParseError> errors, bool hasWords)
    {
        if (errors.Count == 0)
        {
            return Messages.ArgumentsNotUnderstood();
        }

        // Where the first word is no command, the library says first that a command is missing and then which word it does not know.
        bool isUnknownCommand = hasWords && errors.Count > 1 && errors[0].SymbolResult is CommandResult { Command.Subcommands.Count: > 0 };
        return errors[isUnknownCommand ? 1 : 0].Message;
    }
}
