using System;
using System.Text;

namespace SpecKitty.Status;

/// <summary>
/// The content of JSON strings, as bytes and as text. Bytes are UTF-8 in which a lone surrogate, which JSON can escape and UTF-8
/// cannot say, stands as its three bytes: so bytes compare in the order in which Python compares strings.
/// </summary>
internal static class JsonText
{
    private const byte LoneSurrogateLead = 0xED;

    /// <summary>Resolves the escapes of a well-formed string's inside. Returns the bytes written; never more than there were.</summary>
    public static int Unescape(ReadOnlySpan<byte> inside, Span<byte> output)
    {
        int to = 0;
        while (true)
        {
            int plain = inside.IndexOf((byte)'\\');
            if (plain < 0)
            {
                inside.CopyTo(output[to..]);
                return to + inside.Length;
            }

            inside[..plain].CopyTo(output[to..]);
            to += plain;
            byte kind = inside[plain + 1];
            inside = inside[(plain + 2)..];
            if (kind != (byte)'u')
            {
                output[to++] = kind switch
                {
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    _ => kind,
                };
                continue;
            }

            int point = Hex(inside);
            inside = inside[4..];
            if (char.IsHighSurrogate((char)point) && inside.StartsWith("\\u"u8) && Hex(inside[2..]) is var low && char.IsLowSurrogate((char)low))
            {
                point = char.ConvertToUtf32((char)point, (char)low);
                inside = inside[6..];
            }

            to += Encode(point, output[to..]);
        }
    }

    /// <summary>Text of bytes that <see cref="Unescape"/> made, or of any UTF-8.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.Contains(LoneSurrogateLead))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (bytes.Length >= 3 && bytes[0] == LoneSurrogateLead && bytes[1] >= 0xA0)
            {
                text.Append((char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                bytes = bytes[3..];
                continue;
            }

            int next = bytes[1..].IndexOf(LoneSurrogateLead);
            int length = next < 0 ? bytes.Length : next + 1;
            text.Append(Encoding.UTF8.GetString(bytes[..length]));
            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>Text of a whole, well-formed string token with its quotes.</summary>
    public static string OfToken(ReadOnlySpan<byte> token)
    {
        var inside = token[1..^1];
        if (!inside.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(inside);
        }

        var bytes = new byte[inside.Length];
        return Text(bytes.AsSpan(0, Unescape(inside, bytes)));
    }

    /// <summary>Puts U+FFFD for each lone surrogate that a well-formed value escapes, in place. What writes documents, and its reader, take none.</summary>
    public static void ReplaceLoneSurrogates(Span<byte> json)
    {
        int at = 0;
        while (json[at..].IndexOf((byte)'\\') is >= 0 and var next)
        {
            at += next;
            if (json[at + 1] != (byte)'u')
            {
                at += 2;
                continue;
            }

            char unit = (char)Hex(json[(at + 2)..]);
            var rest = json[(at + 6)..];
            bool isPair = char.IsHighSurrogate(unit) && rest.StartsWith("\\u"u8) && char.IsLowSurrogate((char)Hex(rest[2..]));
            if (char.IsSurrogate(unit) && !isPair)
            {
                "fffd"u8.CopyTo(json[(at + 2)..]);
            }

            at += isPair ? 12 : 6;
        }
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            int c = digits[i];
            value = (value << 4) | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }

        return value;
    }

    private static int Encode(int point, Span<byte> output)
    {
        if (point < 0x80)
        {
            output[0] = (byte)point;
            return 1;
        }

        if (point < 0x800)
        {
            output[0] = (byte)(0xC0 | (point >> 6));
            output[1] = (byte)(0x80 | (point & 0x3F));
            return 2;
        }

        if (point < 0x10000)
        {
            output[0] = (byte)(0xE0 | (point >> 12));
            output[1] = (byte)(0x80 | ((point >> 6) & 0x3F));
            output[2] = (byte)(0x80 | (point & 0x3F));
            return 3;
        }

        output[0] = (byte)(0xF0 | (point >> 18));
        output[1] = (byte)(0x80 | ((point >> 12) & 0x3F));
        output[2] = (byte)(0x80 | ((point >> 6) & 0x3F));
        output[3] = (byte)(0x80 | (point & 0x3F));
        return 4;
    }
}
