using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Unicode;
using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>
/// Reads the plain, common shape of YAML without the library, whose first use costs more than the rest of a call (DESIGN §11): block
/// mappings and lists by indentation, scalars on one line, flow lists of scalars on one line, comments. It answers only where it is
/// certain of every line; everything else is declined and left to <see cref="FullYaml"/>. A property test proves that the two never disagree.
/// </summary>
internal ref struct PlainYaml
{
    private const int MaxDepth = 8;
    private const int MaxKeyLength = 128;

    private static readonly SearchValues<byte> Unusual = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private readonly ReadOnlySpan<string> _wanted;
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _line;
    private int _indent;
    private int _depth;
    private bool _atEnd;

    private PlainYaml(ReadOnlySpan<byte> text, ReadOnlySpan<string> wanted)
    {
        _rest = text;
        _wanted = wanted;
    }

    /// <summary>Reads the keys <paramref name="wanted"/> of the mapping that <paramref name="text"/> is. Nothing else is kept, but all of it is understood.</summary>
    /// <param name="text">UTF-8, without a byte order mark.</param>
    /// <param name="wanted">Keys of the outermost mapping, in ASCII.</param>
    /// <param name="root">A mapping with those of the wanted keys that there are.</param>
    /// <returns>False where this reader is not certain; that says nothing about the text.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, ReadOnlySpan<string> wanted, out YamlValue root)
    {
        root = YamlValue.EmptyMapping;
        if (!IsUsual(text))
        {
            return false;
        }

        var reader = new PlainYaml(text, wanted);
        if (!reader.Advance())
        {
            return false;
        }

        return reader._atEnd || (reader._indent == 0 && reader.ReadMapping(0, Keep.Wanted, out root) && reader._atEnd);
    }

    private enum Keep : byte
    {
        /// <summary>Nothing: a value that nobody asked for.</summary>
        None,

        /// <summary>Of this mapping, the wanted keys with all that is in them.</summary>
        Wanted,

        /// <summary>Everything.</summary>
        All,
    }

    /// <summary>No tabs, no control characters, valid UTF-8, and no character that YAML or the library takes for a line break or a mark.</summary>
    private static bool IsUsual(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny(Unusual))
        {
            return false;
        }

        if (Ascii.IsValid(text))
        {
            return true;
        }

        if (!Utf8.IsValid(text))
        {
            return false;
        }

        while (text.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and var at)
        {
            text = text[at..];
            Rune.DecodeFromUtf8(text, out var rune, out int length);
            if (rune.Value is < 0xA0 or 0x2028 or 0x2029 or (>= 0xFDD0 and <= 0xFDEF) or 0xFEFF || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    /// <summary>Goes to the next line that is neither blank nor a comment. False for a line that no one should guess at.</summary>
    private bool Advance()
    {
        while (!_rest.IsEmpty)
        {
            int end = _rest.IndexOf((byte)'\n');
            var line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (!line.IsEmpty && line[^1] == '\r')
            {
                line = line[..^1];
            }

            if (line.Contains((byte)'\r'))
            {
                return false;
            }

            var content = line.TrimStart((byte)' ');
            if (content.IsEmpty || content[0] == '#')
            {
                continue;
            }

            _indent = line.Length - content.Length;
            _line = content.TrimEnd((byte)' ');
            return true;
        }

        _atEnd = true;
        return true;
    }

    private bool ReadMapping(int indent, Keep keep, out YamlValue value)
    {
        value = YamlValue.EmptyMapping;
        List<string>? keys = null;
        Items<YamlValue>? values = null;
        if (++_depth > MaxDepth)
        {
            return false;
        }

        while (!_atEnd && _indent == indent)
        {
            int length = KeyLength(_line);
            if (length == 0)
            {
                return false;
            }

            var key = _line[..length];
            string? name = keep switch
            {
                Keep.All => Encoding.UTF8.GetString(key),
                Keep.Wanted => FindWanted(key),
                _ => null,
            };
            if (name is not null && keys is not null && keys.Has(name))
            {
                return false;
            }

            if (!ReadEntry(_line[(length + 1)..].TrimStart((byte)' '), indent, name is null ? Keep.None : Keep.All, out var item))
            {
                return false;
            }

            if (name is not null)
            {
                (keys ??= []).Add(name);
                (values ??= []).Add(item);
            }
        }

        _depth--;
        if (keys is not null)
        {
            value = YamlValue.Mapping(keys.ToArray(), values!);
        }

        return _atEnd || _indent < indent;
    }

    /// <summary>What stands behind a key's colon, and the lines below that belong to it.</summary>
    private bool ReadEntry(ReadOnlySpan<byte> inline, int indent, Keep keep, out YamlValue value)
    {
        value = YamlValue.Null;
        if (!inline.IsEmpty && inline[0] != '#')
        {
            return ReadScalar(inline, keep, out value) && Advance();
        }

        if (!Advance())
        {
            return false;
        }

        if (_atEnd || _indent < indent)
        {
            return true;
        }

        if (_indent == indent)
        {
            // A list may stand at the indentation of its key.
            return !IsItem(_line) || ReadSequence(indent, keep, out value);
        }

        return IsItem(_line) ? ReadSequence(_indent, keep, out value) : ReadMapping(_indent, keep, out value);
    }

    private bool ReadSequence(int indent, Keep keep, out YamlValue value)
    {
        value = YamlValue.EmptySequence;
        var items = keep == Keep.None ? null : new Items<YamlValue>();
        if (++_depth > MaxDepth)
        {
            return false;
        }

        while (!_atEnd && _indent == indent && IsItem(_line))
        {
            var rest = _line[1..].TrimStart((byte)' ');
            if (rest.IsEmpty || IsItem(rest) || rest[0] == '#')
            {
                return false;
            }

            YamlValue item;
            if (KeyLength(rest) > 0)
            {
                // "- key: value" opens a mapping whose lines stand below that key.
                _indent += _line.Length - rest.Length;
                _line = rest;
                if (!ReadMapping(_indent, keep, out item))
                {
                    return false;
                }
            }
            else if (!ReadScalar(rest, keep, out item) || !Advance())
            {
                return false;
            }

            items?.Add(item);
        }

        _depth--;
        if (items is not null)
        {
            value = YamlValue.Sequence(items);
        }

        return _atEnd || _indent <= indent;
    }

    /// <summary>A value that begins and ends on this line, with nothing but a comment behind it.</summary>
    private static bool ReadScalar(ReadOnlySpan<byte> text, Keep keep, out YamlValue value)
    {
        value = YamlValue.Null;
        switch (text[0])
        {
            case (byte)'\'' or (byte)'"':
                return ReadQuoted(ref text, keep, out value) && IsBlankOrComment(text);
            case (byte)'[':
                return ReadFlow(ref text, keep, out value) && IsBlankOrComment(text);
            case (byte)'{' when text.StartsWith("{}"u8):
                value = YamlValue.EmptyMapping;
                return IsBlankOrComment(text[2..]);
        }

        int comment = text.IndexOf(" #"u8);
        var plain = (comment < 0 ? text : text[..comment]).TrimEnd((byte)' ');
        if (!CanBegin(plain) || plain[^1] == ':' || plain.IndexOf(": "u8) >= 0)
        {
            return false;
        }

        if (keep != Keep.None)
        {
            value = YamlValue.Plain(Encoding.UTF8.GetString(plain));
        }

        return true;
    }

    /// <summary>A quoted scalar without escapes; <paramref name="text"/> is left behind its closing quote.</summary>
    private static bool ReadQuoted(ref ReadOnlySpan<byte> text, Keep keep, out YamlValue value)
    {
        value = YamlValue.Null;
        byte quote = text[0];
        int end = text[1..].IndexOfAny(quote, (byte)'\\') + 1;
        if (quote == '\'')
        {
            end = text[1..].IndexOf(quote) + 1;
        }

        if (end == 0 || text[end] != quote || (end + 1 < text.Length && text[end + 1] == quote))
        {
            return false;
        }

        if (keep != Keep.None)
        {
            value = YamlValue.Of(Encoding.UTF8.GetString(text[1..end]));
        }

        text = text[(end + 1)..];
        return true;
    }

    /// <summary>A list in brackets of scalars without anything special in them.</summary>
    private static bool ReadFlow(ref ReadOnlySpan<byte> text, Keep keep, out YamlValue value)
    {
        value = YamlValue.EmptySequence;
        var items = keep == Keep.None ? null : new Items<YamlValue>();
        text = text[1..].TrimStart((byte)' ');
        if (!text.IsEmpty && text[0] == ']')
        {
            text = text[1..];
            return true;
        }

        while (!text.IsEmpty)
        {
            YamlValue item;
            if (text[0] is (byte)'\'' or (byte)'"')
            {
                if (!ReadQuoted(ref text, keep, out item))
                {
                    return false;
                }
            }
            else
            {
                int end = text.IndexOfAny((byte)',', (byte)']');
                if (end <= 0)
                {
                    return false;
                }

                var plain = text[..end].TrimEnd((byte)' ');
                if (!IsSimple(plain))
                {
                    return false;
                }

                item = keep == Keep.None ? YamlValue.Null : YamlValue.Plain(Encoding.UTF8.GetString(plain));
                text = text[end..];
            }

            items?.Add(item);
            text = text.TrimStart((byte)' ');
            if (text.IsEmpty)
            {
                return false;
            }

            byte next = text[0];
            text = text[1..];
            if (next == ']')
            {
                value = items is null ? YamlValue.Null : YamlValue.Sequence(items);
                return true;
            }

            if (next != ',')
            {
                return false;
            }

            text = text.TrimStart((byte)' ');
        }

        return false;
    }

    /// <summary>Length of the key that <paramref name="line"/> begins with: a word, a colon, and the end or a space. 0 if it does not.</summary>
    private static int KeyLength(ReadOnlySpan<byte> line)
    {
        int at = 0;
        while (at < line.Length && (char.IsAsciiLetterOrDigit((char)line[at]) || line[at] is (byte)'_' or (byte)'-' or (byte)'.'))
        {
            at++;
        }

        bool isWord = at is > 0 and <= MaxKeyLength && (char.IsAsciiLetter((char)line[0]) || line[0] == '_');
        return isWord && at < line.Length && line[at] == ':' && (at + 1 == line.Length || line[at + 1] == ' ') ? at : 0;
    }

    private static bool IsItem(ReadOnlySpan<byte> line) => line[0] == '-' && (line.Length == 1 || line[1] == ' ');

    private static bool IsBlankOrComment(ReadOnlySpan<byte> text)
    {
        var rest = text.TrimStart((byte)' ');
        return rest.IsEmpty || (rest[0] == '#' && rest.Length < text.Length);
    }

    /// <summary>Whether a scalar without quotes may begin so outside brackets, beyond any doubt.</summary>
    private static bool CanBegin(ReadOnlySpan<byte> plain) =>
        !plain.IsEmpty && (char.IsAsciiLetterOrDigit((char)plain[0]) || plain[0] >= 0x80 || plain[0] is (byte)'_' or (byte)'/' or (byte)'.' or (byte)'(' or (byte)'~' or (byte)'+'
            || (plain[0] == '-' && plain.Length > 1 && char.IsAsciiLetterOrDigit((char)plain[1])));

    /// <summary>Whether a scalar without quotes has nothing in it that means something inside brackets.</summary>
    private static bool IsSimple(ReadOnlySpan<byte> plain)
    {
        if (plain.IsEmpty || !(char.IsAsciiLetterOrDigit((char)plain[0]) || plain[0] >= 0x80 || plain[0] is (byte)'_' or (byte)'/' or (byte)'.'))
        {
            return false;
        }

        foreach (byte b in plain)
        {
            if (b < 0x80 && !char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)' ' or (byte)'_' or (byte)'-' or (byte)'.' or (byte)'/' or (byte)'+'))
            {
                return false;
            }
        }

        return true;
    }

    private readonly string? FindWanted(ReadOnlySpan<byte> key)
    {
        foreach (var name in _wanted)
        {
            if (Ascii.Equals(key, name))
            {
                return name;
            }
        }

        return null;
    }
}
