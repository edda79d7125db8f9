using System;
using System.Linq;
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
        foreach (var (path, word) in CallTree.Walk(root))
        {
            text.Append("        ").Append(Quoted(Joined(path))).Append(" = @(\n");
            foreach (var next in word.Words)
            {
                Entry(next.Name, next.Documentation);
            }

            foreach (string value in word.Arguments.SelectMany(static argument => argument.Values))
            {
                Entry(value, value);
            }

            foreach (var flag in word.Flags)
            {
                Entry(flag.Name, flag.Documentation);
            }

            Entry("--help", "Show help");
            text.Append("        )\n");
        }

        text.Append("    }\n    $values = @{\n");
        foreach (var (path, word) in CallTree.Walk(root))
        {
            foreach (var flag in word.Flags.Where(static flag => flag.Value is not null))
            {
                text.Append("        ").Append(Quoted($"{Joined(path)} {flag.Name}")).Append(" = @(").AppendJoin(", ", flag.Value!.Values.Select(Quoted)).Append(")\n");
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

    private static string Joined(string[] path) => string.Concat(path.Select(static word => "/" + word));

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
