using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SpecKitty.Publication;

/// <summary>Completions for bash: the words so far make a path, and the path says what may follow.</summary>
internal static class BashCompletions
{
    public static string Of(CallWord root)
    {
        var all = CallTree.Walk(root).ToList();
        var text = new StringBuilder(
            $$"""
            # bash completion for {{root.Name}}; printed by '{{root.Name}} completions bash'.
            _spec_kitty() {
              local current="${COMP_WORDS[COMP_CWORD]}" path="" previous="" word index
              COMPREPLY=()
              for ((index = 1; index < COMP_CWORD; index++)); do
                word="${COMP_WORDS[index]}"
                previous="$word"
                case "$path/$word" in

            """);
        foreach (var (path, _) in all.Where(static entry => entry.Path.Length > 0))
        {
            text.Append("      ").Append(Joined(path)).Append(") path=\"$path/$word\" ;;\n");
        }

        text.Append("    esac\n  done\n  case \"$path $previous\" in\n");
        foreach (var (path, word) in all)
        {
            foreach (var flag in word.Flags.Where(static flag => flag.Value is not null))
            {
                text.Append("    '").Append(Joined(path)).Append(' ').Append(flag.Name).Append("') ").Append(Reply(flag.Value!)).Append("return ;;\n");
            }
        }

        text.Append("  esac\n  case \"$path\" in\n");
        foreach (var (path, word) in all)
        {
            IEnumerable<string> words = word.Words.Select(static next => next.Name)
                .Concat(word.Arguments.SelectMany(static argument => argument.Values))
                .Concat(word.Flags.Select(static flag => flag.Name))
                .Append("--help").Concat(path.Length == 0 ? ["--version"] : []);
            bool hasFiles = word.Arguments.Any(static argument => argument.IsFile);
            text.Append("    '").Append(Joined(path)).Append("') COMPREPLY=($(compgen ").Append(hasFiles ? "-f " : "").Append("-W '")
                .AppendJoin(' ', words).Append("' -- \"$current\")) ;;\n");
        }

        return text.Append("  esac\n}\ncomplete -o filenames -F _spec_kitty ").Append(root.Name).Append('\n').ToString();
    }

    private static string Joined(string[] path) => string.Concat(path.Select(static word => "/" + word));

    private static string Reply(CallValue value) => value.IsFile ? "COMPREPLY=($(compgen -f -- \"$current\")); "
        : value.Values.Count > 0 ? $"COMPREPLY=($(compgen -W '{string.Join(' ', value.Values)}' -- \"$current\")); "
        : "";
}
