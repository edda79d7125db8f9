using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace SpecKitty.Runtime.Tests.Fuzz;

/// <summary>What Python's json.loads makes of a text, written down as plainly as can be: the model that the readers are held against.</summary>
internal sealed class PythonJsonModel
{
    public enum Kind
    {
        Object,
        Array,
        Text,
        Number,
        Word,
    }

    /// <summary>A value; of an object, every member in the order of the text.</summary>
    public sealed record Node(Kind Kind, string Raw, string Text, List<(string Name, Node Value)> Members, List<Node> Items)
    {
        /// <summary>The last member of a name.</summary>
        public Node? this[string name]
        {
            get
            {
                Node? found = null;
                foreach (var (key, value) in Members)
                {
                    found = key == name ? value : found;
                }

                return found;
            }
        }

        public bool IsText => Kind == Kind.Text;

        public bool IsNull => Raw == "null";

        /// <summary>Python's bool().</summary>
        public bool IsTruthy => Kind switch
        {
            Kind.Object => Members.Count > 0,
            Kind.Array => Items.Count > 0,
            Kind.Text => Text.Length > 0,
            Kind.Word => Raw is not ("null" or "false"),

            // What is too small to be told from zero is zero.
            _ => double.Parse(Raw, CultureInfo.InvariantCulture) != 0,
        };
    }

    /// <summary>About where Python stops; what is nested so deep is no JSON to anybody.</summary>
    public const int MostDepth = 1000;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly string _text;
    private int _at;
    private int _depth;

    private PythonJsonModel(string text) => _text = text;

    /// <summary>The deepest nesting met.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether only Python takes it for JSON: NaN and the infinities.</summary>
    public bool HasPythonNumbers { get; private set; }

    /// <summary>The value, or null where it is no JSON.</summary>
    public static Node? Read(string text, out PythonJsonModel reader)
    {
        reader = new PythonJsonModel(text);
        return reader.Value() is { } value && reader.End() ? value : null;
    }

    private Node? Value()
    {
        Space();
        int start = _at;
        if (_at == _text.Length)
        {
            return null;
        }

        char c = _text[_at];
        if (c == '"')
        {
            return String() is { } text ? new Node(Kind.Text, _text[start.._at], text, [], []) : null;
        }

        if (c is '{' or '[')
        {
            Depth = Math.Max(Depth, ++_depth);
            if (_depth > MostDepth)
            {
                return null;
            }

            var value = c == '{' ? Object(start) : Array(start);
            _depth--;
            return value;
        }

        foreach (string word in (string[])["null", "true", "false", "NaN", "Infinity", "-Infinity"])
        {
            if (string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0)
            {
                _at += word.Length;
                HasPythonNumbers |= word.Contains('N', StringComparison.Ordinal) || word.Contains('I', StringComparison.Ordinal);
                return new Node(Kind.Word, word, "", [], []);
            }
        }

        return Number() ? new Node(Kind.Number, _text[start.._at], "", [], []) : null;
    }

    private Node? Object(int start)
    {
        var members = new List<(string, Node)>();
        _at++;
        if (Take('}'))
        {
            return new Node(Kind.Object, _text[start.._at], "", members, []);
        }

        do
        {
            Space();
            if (_at == _text.Length || _text[_at] != '"' || String() is not { } name || !Take(':') || Value() is not { } value)
            {
                return null;
            }

            members.Add((name, value));
        }
        while (Take(','));
        return Take('}') ? new Node(Kind.Object, _text[start.._at], "", members, []) : null;
    }

    private Node? Array(int start)
    {
        var items = new List<Node>();
        _at++;
        if (Take(']'))
        {
            return new Node(Kind.Array, _text[start.._at], "", [], items);
        }

        do
        {
            if (Value() is not { } value)
            {
                return null;
            }

            items.Add(value);
        }
        while (Take(','));
        return Take(']') ? new Node(Kind.Array, _text[start.._at], "", [], items) : null;
    }

    private string? String()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            char c = _text[_at];
            if (c == '"')
            {
                _at++;
                return text.ToString();
            }

            if (c < ' ')
            {
                return null;
            }

            if (c != '\\')
            {
                text.Append(c);
                continue;
            }

            if (++_at == _text.Length)
            {
                return null;
            }

            int simple = "\"\\/bfnrt".IndexOf(_text[_at], StringComparison.Ordinal);
            if (simple >= 0)
            {
                text.Append("\"\\/\b\f\n\r\t"[simple]);
            }
            else if (_text[_at] == 'u' && _at + 4 < _text.Length && _text.AsSpan(_at + 1, 4).IndexOfAnyExcept(HexDigits) < 0)
            {
                text.Append((char)Convert.ToInt32(_text.Substring(_at + 1, 4), 16));
                _at += 4;
            }
            else
            {
                return null;
            }
        }

        return null;
    }

    private bool Number()
    {
        if (_at < _text.Length && _text[_at] == '-')
        {
            _at++;
        }

        if (_at < _text.Length && _text[_at] == '0')
        {
            _at++;
        }
        else if (Digits() == 0)
        {
            return false;
        }

        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            if (Digits() == 0)
            {
                return false;
            }
        }

        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < _text.Length && _text[_at] is '+' or '-')
            {
                _at++;
            }

            return Digits() > 0;
        }

        return true;
    }

    private int Digits()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return _at - start;
    }

    private bool End()
    {
        Space();
        return _at == _text.Length;
    }

    private bool Take(char c)
    {
        Space();
        if (_at < _text.Length && _text[_at] == c)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Space()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }
}
