using System;
using System.Text;

namespace SpecKitty.Publication;

/// <summary>Completions for fish: each is offered where the words so far, flags left out, are the ones in front of it.</summary>
internal static class FishCompletions
{
    public static string Of(CallWord root)
    {
        var text = new StringBuilder(
            $$"""
            # fish completion for {{root.Name}}; printed by '{{root.Name}} completions fish'.
            function __spec_kitty_at --description 'Whether the words typed so far begin with these, and no more of them where -e is given'
                set -l exact 0
                if test "$argv[1]" = -e
                    set exact 1
                    set -e argv[1]
                end
                set -l words (commandline -opc)
                set -e words[1]
                set -l wanted (count $argv)
                if test $exact -eq 1 -a (count $words) -ne $wanted
                    return 1
                end
                if test (count $words) -lt $wanted
                    return 1
                end
                for index in (seq $wanted)
                    test "$words[$index]" = "$argv[$index]"; or return 1
                end
            end
            complete -c {{root.Name}} -f
            complete -c {{root.Name}} -n '__spec_kitty_at' -l help -d 'Show help'
            complete -c {{root.Name}} -n '__spec_kitty_at -e' -l version -d 'Show the version'

            """);
        foreach (var word in CallTree.Walk(root))
        {
            string at = word.Joined(" ");
            foreach (var next in word.Words)
            {
                text.Append($"complete -c {root.Name} -n '__spec_kitty_at -e{at}' -a {next.Name} -d {Quoted(next.Documentation)}\n");
            }

            foreach (var flag in word.Flags)
            {
                text.Append($"complete -c {root.Name} -n '__spec_kitty_at{at}' -l {flag.Name[2..]}{(flag.Value is { } value ? Value(value) : "")} -d {Quoted(flag.Documentation)}\n");
            }

            foreach (var argument in word.Arguments)
            {
                if (argument.IsFile || argument.Values.Length > 0)
                {
                    text.Append($"complete -c {root.Name} -n '__spec_kitty_at{at}'{(argument.IsFile ? " -F" : " -a " + Quoted(string.Join(' ', argument.Values)))}\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Value(CallValue value) => value.IsFile ? " -r -F" : value.Values.Length > 0 ? " -x -a " + Quoted(string.Join(' ', value.Values)) : " -x";

    private static string Quoted(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
