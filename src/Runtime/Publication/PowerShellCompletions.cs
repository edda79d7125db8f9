using System;
using System.Collections.Generic;
using System.Text;

namespace SpecKitty.Publication;

/// <summary>Completions for PowerShell: a table of paths, looked up by the words so far.</summary>
internal static class PowerShellCompletions
{
    public static string Of(CallWord root)
    {
        var text = new StringBuilder(
            $$"""
            # PowerShell completion for {{root.Name}}; printed by '{{root.Name}} completions powershell'.
            Register-ArgumentCompleter -Native -CommandName '{{root.Name}}' -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $next = @{

            """);
        foreach (var word in CallTree.Walk(root))
        {
            text.Append("        ").Append(Quoted(word.Joined("/"))).Append(" = @(\n");
            foreach (var next in word.Words)
            {
                Entry(next.Name, next.Documentation);
            }

            foreach (var argument in word.Arguments)
            {
                foreach (string value in argument.Values)
                {
                    Entry(value, value);
                }
            }

            foreach (var flag in word.Flags)
            {
                Entry(flag.Name, flag.Documentation);
            }

            Entry("--help", "Show help");
            text.Append("        )\n");
        }

        text.Append("    }\n    $values = @{\n");
        foreach (var word in CallTree.Walk(root))
        {
            foreach (var flag in word.Flags)
            {
                if (flag.Value is { } value)
                {
                    text.Append("        ").Append(Quoted($"{word.Joined("/")} {flag.Name}")).Append(" = @(").AppendJoin(", ", Quoted(value.Values)).Append(")\n");
                }
            }
        }

        return text.Append(
            """
                }
                $path = ''
                $previous = ''
                $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
                foreach ($word in $words) {
                    if ($next.ContainsKey("$path/$word")) { $path = "$path/$word" }
                    $previous = $word
                }
                if ($values.ContainsKey("$path $previous")) {
                    $values["$path $previous"] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                    }
                    return
                }
                $next[$path] | Where-Object { $_[0] -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
                }
            }

            """).ToString();

        void Entry(string word, string documentation) => text.Append("            , @(").Append(Quoted(word)).Append(", ").Append(Quoted(documentation.Length > 0 ? documentation : word)).Append(")\n");
    }

    private static string[] Quoted(string[] values)
    {
        var quoted = new string[values.Length];
        for (int i = 0; i < quoted.Length; i++)
        {
            quoted[i] = Quoted(values[i]);
        }

        return quoted;
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
