using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Json;

/// <summary>The tokens of JSON, one after the other, and the first error among them.</summary>
internal sealed class JsonScanner(string text)
{
    /// <summary>The next character's index.</summary>
    public int Position { get; private set; }

    /// <summary>The first error; null while there is none.</summary>
    public JsonError? Error { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => Position >= text.Length;

    /// <summary>The next character; NUL at the end, though a NUL may also stand in the text.</summary>
    public char Current => AtEnd ? '\0' : text[Position];

    /// <summary>Records an error, unless one has been recorded.</summary>
    public void Fail(string message, int start, int length) =>
        Error ??= new JsonError(message, new TextSpan(start, start + length <= text.Length ? length : 0));

    /// <summary>From <paramref name="start"/> to here.</summary>
    public TextSpan From(int start) => TextSpan.FromBounds(start, Position);

    /// <summary>Passes one character.</summary>
    public void Skip() => Position++;

    /// <summary>Passes everything.</summary>
    public void SkipRest() => Position = text.Length;

    /// <summary>Passes <paramref name="expected"/> if it is next.</summary>
    public bool TrySkip(char expected)
    {
        bool found = Position < text.Length && text[Position] == expected;
        Position += found ? 1 : 0;
        return found;
    }

    /// <summary>Passes white space; false at the end of the text.</summary>
    public bool SkipSpace()
    {
        while (Position < text.Length && text[Position] is ' ' or '\t' or '\r' or '\n')
        {
            Position++;
        }

        return Position < text.Length;
    }

    /// <summary>Passes everything up to the next white space, bracket, comma, colon or quote, but one character at least.</summary>
    public void SkipWord()
    {
        do
        {
            Position++;
        }
        while (Position < text.Length && text[Position] is not (' ' or '\t' or '\r' or '\n' or ',' or ':' or '{' or '}' or '[' or ']' or '"'));
    }

    /// <summary>true, false or null; everything else is an error.</summary>
    public JsonValue Word()
    {
        int start = Position;
        if (AtEnd || Current is ',' or ':' or ']' or '}')
        {
            Fail("a value was expected", start, 1);
            return new JsonValue { Span = From(start) };
        }

        SkipWord();
        TextSpan span = From(start);
        switch (text.Substring(start, span.Length))
        {
            case "true": return new JsonValue { Kind = JsonKind.Boolean, Flag = true, Span = span };
            case "false": return new JsonValue { Kind = JsonKind.Boolean, Span = span };
            case "null": return new JsonValue { Kind = JsonKind.Null, Span = span };
            default:
                Fail("a value was expected (text needs double quotes; there are no comments in JSON)", start, span.Length);
                return new JsonValue { Span = span };
        }
    }

    /// <summary>A number, kept as written.</summary>
    public JsonValue Number()
    {
        int start = Position;
        TrySkip('-');
        int whole = Position;
        bool sound = Digits() && (text[whole] != '0' || Position == whole + 1);
        sound &= !TrySkip('.') || Digits();
        if (Current is 'e' or 'E')
        {
            Skip();
            _ = TrySkip('+') || TrySkip('-');
            sound &= Digits();
        }

        if (!sound)
        {
            Fail("this is no number in JSON", start, Position - start);
        }

        return new JsonValue { Kind = JsonKind.Number, Text = text.Substring(start, Position - start), Span = From(start) };
    }

    /// <summary>A string's content. One that is not closed ends with its line.</summary>
    public string String()
    {
        int start = Position;
        var content = new StringBuilder();
        Skip();
        while (Position < text.Length && text[Position] is not ('\n' or '\r'))
        {
            char c = text[Position++];
            switch (c)
            {
                case '"':
                    return WellFormed(content.ToString(), start);
                case '\\':
                    Escape(content);
                    break;
                case < ' ':
                    Fail("a control character in a string must be escaped", Position - 1, 1);
                    break;
                default:
                    content.Append(c);
                    break;
            }
        }

        Fail("the string is not closed on its line", start, Position - start);
        return WellFormed(content.ToString(), start);
    }

    private bool Digits()
    {
        int start = Position;
        while (Current is >= '0' and <= '9')
        {
            Position++;
        }

        return Position > start;
    }

    private void Escape(StringBuilder content)
    {
        int start = Position - 1;
        char kind = Current;
        Position += Position < text.Length ? 1 : 0;
        switch (kind)
        {
            case '"' or '\\' or '/': content.Append(kind); break;
            case 'b': content.Append('\b'); break;
            case 'f': content.Append('\f'); break;
            case 'n': content.Append('\n'); break;
            case 'r': content.Append('\r'); break;
            case 't': content.Append('\t'); break;
            case 'u' when TryHex(out char unit):
                content.Append(unit);
                break;
            default:
                Fail("this is no escape in JSON", start, Position - start);
                break;
        }
    }

    /// <summary>Four hexadecimal digits. The framework's number parser would let a NUL pass for nothing.</summary>
    private bool TryHex(out char unit)
    {
        unit = '\0';
        for (int i = 0; i < 4; i++)
        {
            int digit = Position + i >= text.Length ? -1 : text[Position + i] switch
            {
                >= '0' and <= '9' and var c => c - '0',
                >= 'a' and <= 'f' and var c => c - 'a' + 10,
                >= 'A' and <= 'F' and var c => c - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return false;
            }

            unit = (char)((unit << 4) | digit);
        }

        Position += 4;
        return true;
    }

    /// <summary>Half a surrogate pair cannot become UTF-8, so no emitted literal could hold it.</summary>
    private string WellFormed(string content, int start)
    {
        var sound = new StringBuilder(content.Length);
        for (int i = 0; i < content.Length; i++)
        {
            if (!char.IsSurrogate(content[i]))
            {
                sound.Append(content[i]);
            }
            else if (char.IsSurrogatePair(content, i))
            {
                sound.Append(content, i++, 2);
            }
            else
            {
                Fail("the string holds half a surrogate pair", start, Position - start);
            }
        }

        return sound.Length == content.Length ? content : sound.ToString();
    }
}
