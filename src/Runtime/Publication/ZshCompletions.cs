using System;
using System.Text;

namespace SpecKitty.Publication;

/// <summary>Completions for zsh: a function for each word, which completes what follows or hands on to the next.</summary>
internal static class ZshCompletions
{
    public static string Of(CallWord root)
    {
        var text = new StringBuilder($"#compdef {root.Name}\n# zsh completion for {root.Name}; printed by '{root.Name} completions zsh'.\n");
        foreach (var word in CallTree.Walk(root))
        {
            text.Append('\n').Append(Function(word)).Append("() {\n");
            if (word.Words.Count > 0)
            {
                Branch(text, word, isFirst: word == root);
            }
            else
            {
                Leaf(text, word);
            }

            text.Append("}\n");
        }

        // Sourced, it registers itself; found on fpath, it is the body of the function.
        string main = Function(root);
        return text.Append($"\nif [[ $funcstack[1] == {main} ]]; then\n  {main} \"$@\"\nelse\n  compdef {main} {root.Name}\nfi\n").ToString();
    }

    private static string Function(CallWord word) => "_spec-kitty" + word.Joined("_");

    private static void Branch(StringBuilder text, CallWord word, bool isFirst)
    {
        text.Append("  local context state line curcontext=\"$curcontext\"\n  local -A opt_args\n  local -a next\n  next=(\n");
        foreach (var next in word.Words)
        {
            text.Append("    ").Append(Quoted(next.Name + ":" + Described(next.Documentation))).Append('\n');
        }

        text.Append("  )\n  _arguments -C '--help[Show help]' ").Append(isFirst ? "'--version[Show the version]' " : "").Append("'1: :->word' '*:: :->rest'\n")
            .Append("  case $state in\n    word) _describe -t commands command next ;;\n    rest)\n      case $line[1] in\n");
        foreach (var next in word.Words)
        {
            text.Append("        ").Append(next.Name).Append(") ").Append(Function(next)).Append(" ;;\n");
        }

        text.Append("      esac ;;\n  esac\n");
    }

    private static void Leaf(StringBuilder text, CallWord word)
    {
        text.Append("  _arguments '--help[Show help]'");
        foreach (var flag in word.Flags)
        {
            string described = $"{flag.Name}[{Bracketed(flag.Documentation)}]";
            text.Append(" \\\n    ").Append(Quoted(flag.Value is { } value ? described + Value(value) : described));
        }

        for (int i = 0; i < word.Arguments.Count; i++)
        {
            text.Append(" \\\n    ").Append(Quoted($"{i + 1}" + Value(word.Arguments[i])));
        }

        text.Append('\n');
    }

    private static string Value(CallValue value) =>
        $":{value.Name}:" + (value.IsFile ? "_files" : value.Values.Length > 0 ? $"({string.Join(' ', value.Values)})" : " ");

    private static string Described(string text) => text.Replace(":", "\\:", StringComparison.Ordinal);

    private static string Bracketed(string text) =>
        text.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quoted(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
