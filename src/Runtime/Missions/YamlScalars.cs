using System;

namespace SpecKitty.Missions;

/// <summary>What a scalar without quotes is: YAML 1.2's core schema, and the timestamps and digit groups that the reference's reader adds.</summary>
internal static class YamlScalars
{
    /// <summary><see cref="YamlKind.Null"/>, <see cref="YamlKind.Literal"/> or <see cref="YamlKind.Text"/>.</summary>
    public static YamlKind Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return YamlKind.Null;
            case "true" or "True" or "TRUE" or "false" or "False" or "FALSE":
                return YamlKind.Literal;
        }

        // Every number and every timestamp starts with a digit, a sign or a point; almost no text does.
        char first = text[0];
        return (char.IsAsciiDigit(first) || first is '+' or '-' or '.') && (IsNumber(text) || IsTimestamp(text)) ? YamlKind.Literal : YamlKind.Text;
    }

    /// <summary>Whether a scalar that is no string counts as false in Python: false itself and every zero.</summary>
    public static bool IsFalseOrZero(string text)
    {
        if (text is "false" or "False" or "FALSE")
        {
            return true;
        }

        foreach (char c in text)
        {
            if (c is not ('0' or '.' or '+' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var body = text[0] is '+' or '-' ? text[1..] : text;
        if (body is ".inf" or ".Inf" or ".INF" || text is ".nan" or ".NaN" or ".NAN")
        {
            return true;
        }

        if (body.Length > 2 && body[0] == '0' && body[1] is 'x' or 'o' or 'b')
        {
            return IsAll(body[2..], body[1]);
        }

        int digits = 0, at = 0;
        while (at < body.Length && (char.IsAsciiDigit(body[at]) || body[at] == '_'))
        {
            digits += body[at++] == '_' ? 0 : 1;
        }

        if (at < body.Length && body[at] == '.')
        {
            at++;
            while (at < body.Length && (char.IsAsciiDigit(body[at]) || body[at] == '_'))
            {
                digits += body[at++] == '_' ? 0 : 1;
            }
        }

        if (digits == 0)
        {
            return false;
        }

        return at == body.Length || (body[at] is 'e' or 'E' && IsExponent(body[(at + 1)..]));
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        var digits = !text.IsEmpty && text[0] is '+' or '-' ? text[1..] : text;
        return !digits.IsEmpty && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsAll(ReadOnlySpan<char> text, char radix)
    {
        foreach (char c in text)
        {
            bool fits = radix switch
            {
                'x' => char.IsAsciiHexDigit(c),
                'o' => c is >= '0' and <= '7',
                _ => c is '0' or '1',
            };
            if (!fits && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>2026-04-08</c>, and a time behind it.</summary>
    private static bool IsTimestamp(ReadOnlySpan<char> text)
    {
        if (text.Length < 8 || text[..4].IndexOfAnyExceptInRange('0', '9') >= 0 || text[4] != '-')
        {
            return false;
        }

        int hyphens = 0;
        foreach (char c in text[5..])
        {
            if (!char.IsAsciiDigit(c) && c is not ('-' or ':' or '.' or '+' or 'T' or 't' or 'Z' or 'z' or ' '))
            {
                return false;
            }

            hyphens += c == '-' ? 1 : 0;
        }

        return hyphens != 0;
    }
}
