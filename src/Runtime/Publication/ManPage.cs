using System;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>spec-kitty(1) in man(7).</summary>
internal static class ManPage
{
    public static string Of(CallWord root, string version)
    {
        var text = new StringBuilder();
        text.Append(".\\\" Made by 'spec-kitty man' from the tables that the executable is made of.\n");
        text.Append($".TH {root.Name.ToUpperInvariant().Replace("-", "\\-", StringComparison.Ordinal)} 1 \"\" \"{Escaped(root.Name + " " + version)}\" \"Spec Kitty\"\n");
        text.Append(".SH NAME\n").Append(Escaped(root.Name)).Append(" \\- native host of the Spec Kitty orchestrator contract\n");
        text.Append(".SH SYNOPSIS\n");
        text.Append($".B {Escaped(root.Name)} {Escaped(ContractConstants.Group)}\n.I command\n.RI [ flags ]\n.br\n.B {Escaped(root.Name)}\n.I tool\n.RI [ arguments ]\n.br\n.B {Escaped(root.Name)} \\-\\-version\n.br\n.B {Escaped(root.Name)}\n.RI [ words ]\n.B \\-\\-help\n");
        text.Append(".SH DESCRIPTION\n").Append(Sentence(root.Documentation));
        text.Append(".PP\nEvery call of ").Append(Escaped(ContractConstants.Group)).Append(" prints one JSON envelope on one line.\n");
        text.Append(".PP\n").Append(Sentence(Messages.ContentsHint()));
        text.Append(".SH CONTRACT\n");
        var commands = CommandTable.All;
        for (int i = 0; i < commands.Length; i++)
        {
            var command = commands[i];
            var word = root.Words[0].Words[i];
            Section(text, $"{root.Name} {ContractConstants.Group} {command.Name}", word, command.Since == default ? "" : $" Since contract level {ContractLevels.Text(command.Since)}.");
        }

        text.Append(".SH TOOLS\n");
        foreach (var word in CallTree.Walk(root))
        {
            if (word.Path is [not ContractConstants.Group, ..] && word.Words.Count == 0)
            {
                Section(text, root.Name + word.Joined(" "), word, "");
            }
        }

        text.Append(".SH \"EXIT STATUS\"\n");
        foreach (var status in ExitStatusTable.All)
        {
            text.Append(".TP\n.B ").Append(status.Value).Append('\n').Append(Sentence(status.Documentation));
        }

        text.Append(".SH ENVIRONMENT\n");
        foreach (var variable in EnvironmentTable.All)
        {
            text.Append(".TP\n.B ").Append(Escaped(variable.Name)).Append('\n').Append(Sentence(variable.Documentation + (variable.Default is { } value ? $" Default: {value}." : "")));
        }

        text.Append(".SH FILES\n.TP\n.I kitty\\-specs/\n").Append("The missions of a project.\n");
        text.Append(".TP\n.I .kittify/config.yaml\nThe project's configuration, the contract level among it.\n");
        text.Append(".SH \"SEE ALSO\"\n.BR git (1)\n");
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, CallWord word, string more)
    {
        text.Append(".SS \"").Append(Escaped(title)).Append("\"\n").Append(Sentence(word.Documentation + more));
        foreach (var argument in word.Arguments)
        {
            text.Append(".TP\n.I ").Append(Escaped(argument.Name)).Append('\n').Append(Sentence(argument.Documentation + (argument.IsRequired ? "" : " Optional.")));
        }

        foreach (var flag in word.Flags)
        {
            text.Append(".TP\n");
            text.Append(flag.Value is { } value ? $".BI {Escaped(flag.Name)} \" {Escaped(value.Name)}\"\n" : $".B {Escaped(flag.Name)}\n");
            string values = flag.Value is { Values.Length: > 0 } known ? " " + Messages.OneOf(string.Join(", ", known.Values)) : "";
            text.Append(Sentence(flag.Documentation + (flag.IsRequired ? " Required." : "") + values));
        }

        foreach (var status in word.ExitStatuses)
        {
            text.Append(".TP\nStatus ").Append(status.Value).Append('\n').Append(Sentence(status.Documentation));
        }

        foreach (var example in word.Examples)
        {
            text.Append(".PP\n");
            text.Append(example.Documentation.Length > 0 ? Sentence(example.Documentation) : "Example:\n");
            text.Append(".RS\n.nf\n").Append(Escaped(ContractConstants.Executable + " " + example.Call)).Append("\n.fi\n.RE\n");
        }
    }

    /// <summary>A line of text; what roff would take for a request at its beginning is none.</summary>
    private static string Sentence(string text) => Escaped(text) + "\n";

    private static string Escaped(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("…", "\\[u2026]", StringComparison.Ordinal).Replace("\"", "\\(dq", StringComparison.Ordinal).Replace("~", "\\(ti", StringComparison.Ordinal)
            .Replace("^", "\\(ha", StringComparison.Ordinal).Replace("`", "\\(ga", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? "\\&" + escaped : escaped;
    }
}
