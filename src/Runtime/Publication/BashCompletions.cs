using System.Collections.Generic;
using System.Text;

namespace SpecKitty.Publication;

/// <summary>Completions for bash: the words so far make a path, and the path says what may follow.</summary>
internal static class BashCompletions
{
    public static string Of(CallWord root)
    {
        var all = CallTree.Walk(root);
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
        foreach (var word in all)
        {
            if (word != root)
            {
                text.Append("      ").Append(word.Joined("/")).Append(") path=\"$path/$word\" ;;\n");
            }
        }

        text.Append("    esac\n  done\n  case \"$path $previous\" in\n");
        foreach (var word in all)
        {
            foreach (var flag in word.Flags)
            {
                if (flag.Value is { } value)
                {
                    text.Append("    '").Append(word.Joined("/")).Append(' ').Append(flag.Name).Append("') ").Append(Reply(value)).Append("return ;;\n");
                }
            }
        }

        text.Append("  esac\n  case \"$path\" in\n");
        foreach (var word in all)
        {
            text.Append("    '").Append(word.Joined("/")).Append("') COMPREPLY=($(compgen ").Append(TakesFiles(word) ? "-f " : "").Append("-W '")
                .AppendJoin(' ', Next(word, isFirst: word == root)).Append("' -- \"$current\")) ;;\n");
        }

        return text.Append("  esac\n}\ncomplete -o filenames -F _spec_kitty ").Append(root.Name).Append('\n').ToString();
    }

    private static List<string> Next(CallWord word, bool isFirst)
    {
        List<string> words = [];
        foreach (var next in word.Words)
        {
            words.Add(next.Name);
        }

        foreach (var argument in word.Arguments)
        {
            words.AddRange(argument.Values);
        }

        foreach (var flag in word.Flags)
        {
            words.Add(flag.Name);
        }

        words.Add("--help");
        if (isFirst)
        {
            words.Add("--version");
        }

        return words;
    }

    private static bool TakesFiles(CallWord word)
    {
        bool takes = false;
        foreach (var argument in word.Arguments)
        {
            takes |= argument.IsFile;
        }

        return takes;
    }

    private static string Reply(CallValue value) => value.IsFile ? "COMPREPLY=($(compgen -f -- \"$current\")); "
        : value.Values.Length > 0 ? $"COMPREPLY=($(compgen -W '{string.Join(' ', value.Values)}' -- \"$current\")); "
        : "";
}
