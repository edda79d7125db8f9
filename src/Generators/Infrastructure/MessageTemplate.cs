using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SpecKitty.Generators.Infrastructure;

/// <summary>A sentence with {placeholders}: literal parts, with a name between each two of them.</summary>
internal sealed class MessageTemplate
{
    private readonly List<string> _literals = [];
    private readonly List<string> _names = [];

    /// <summary>The placeholders' names, each once, in order.</summary>
    public IReadOnlyList<string> Parameters => _names.Distinct().ToList();

    /// <summary>Takes the sentence apart; null when its braces are no placeholders.</summary>
    public static MessageTemplate? Parse(string text)
    {
        var template = new MessageTemplate();
        int start = 0;
        for (int open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', start))
        {
            int close = text.IndexOf('}', open);
            string name = close < 0 ? "" : text.Substring(open + 1, close - open - 1);
            if (!IsName(name) || text.IndexOf('}', start, open - start) >= 0)
            {
                return null;
            }

            template._literals.Add(text.Substring(start, open - start));
            template._names.Add(name);
            start = close + 1;
        }

        template._literals.Add(text.Substring(start));
        return text.IndexOf('}', start) < 0 ? template : null;
    }

    /// <summary>The sentence without braces that enclose no name of which <paramref name="isKnown"/> is true.</summary>
    public static string Mend(string text, Func<string, bool> isKnown)
    {
        var mended = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            int close = text[i] == '{' ? text.IndexOf('}', i) : -1;
            string name = close < 0 ? "" : text.Substring(i + 1, close - i - 1);
            if (IsName(name) && isKnown(name))
            {
                mended.Append(text, i, close - i + 1);
                i = close;
            }
            else if (text[i] is not ('{' or '}'))
            {
                mended.Append(text[i]);
            }
        }

        return mended.ToString();
    }

    /// <summary>The same sentence with a text in place of each placeholder of a name.</summary>
    public MessageTemplate Fill(string name, string value)
    {
        var filled = new MessageTemplate();
        var literal = new StringBuilder(_literals[0]);
        for (int i = 0; i < _names.Count; i++)
        {
            if (_names[i] == name)
            {
                literal.Append(value);
            }
            else
            {
                filled._literals.Add(literal.ToString());
                filled._names.Add(_names[i]);
                literal.Clear();
            }

            literal.Append(_literals[i + 1]);
        }

        filled._literals.Add(literal.ToString());
        return filled;
    }

    /// <summary>The C# expression of the sentence: a literal, or an interpolated string.</summary>
    /// <param name="valueOf">The expression that stands for a placeholder; it must be a string.</param>
    public string ToExpression(Func<string, string> valueOf)
    {
        if (_names.Count == 0)
        {
            return Literals.Text(_literals[0]);
        }

        var text = new StringBuilder("$\"");
        for (int i = 0; i < _names.Count; i++)
        {
            text.Append(Literals.InterpolatedPart(_literals[i])).Append('{').Append(valueOf(_names[i])).Append('}');
        }

        return text.Append(Literals.InterpolatedPart(_literals[_names.Count])).Append('"').ToString();
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name[0] is >= 'a' and <= 'z' && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_');
}
