using System;
using System.Buffers;
using System.Text.Encodings.Web;

namespace SpecKitty.Contract;

/// <summary>Escapes as Python's json module does; also spares the framework's encoder tables at start-up (STARTUP §4).</summary>
internal sealed class PythonEncoder : JavaScriptEncoder
{
    private readonly bool _ascii;

    private PythonEncoder(bool ascii) => _ascii = ascii;

    /// <summary><c>ensure_ascii=True</c>: everything outside U+0020..U+007E is escaped.</summary>
    public static PythonEncoder Ascii { get; } = new(true);

    /// <summary><c>ensure_ascii=False</c>: only the quote, the backslash and controls are escaped.</summary>
    public static PythonEncoder Unicode { get; } = new(false);

    public override int MaxOutputCharactersPerInputCharacter => 12;

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar is < 0x20 or '"' or '\\' || (_ascii && unicodeScalar > 0x7E);

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        for (int i = 0; i < span.Length; i++)
        {
            // A surrogate is stopped at in either form, so that a lone one never passes unseen.
            if (WillEncode(span[i]) || char.IsSurrogate(span[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        for (int i = 0; i < utf8Text.Length; i++)
        {
            byte b = utf8Text[i];
            if (b is < 0x20 or (byte)'"' or (byte)'\\' || (_ascii && b > 0x7E))
            {
                return i;
            }
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
        {
            numberOfCharactersWritten = 0;
            return new System.Text.Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);
        }

        char shorthand = unicodeScalar switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        if (shorthand != '\0')
        {
            numberOfCharactersWritten = 2;
            return output.Length >= 2 && Put(output, '\\', shorthand);
        }

        if (unicodeScalar <= 0xFFFF)
        {
            numberOfCharactersWritten = 6;
            return output.Length >= 6 && PutHex(output, unicodeScalar);
        }

        numberOfCharactersWritten = 12;
        int beyond = unicodeScalar - 0x10000;
        return output.Length >= 12 && PutHex(output, 0xD800 + (beyond >> 10)) && PutHex(output[6..], 0xDC00 + (beyond & 0x3FF));
    }

    /// <summary>
    /// The base class puts U+FFFD for a lone surrogate. Python escapes it as it stands, and so must rows; a document, which is UTF-8,
    /// cannot say it.
    /// </summary>
    public override OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        charsConsumed = 0;
        charsWritten = 0;
        while (charsConsumed < source.Length)
        {
            int scalar = source[charsConsumed], length = 1;
            if (char.IsSurrogate((char)scalar))
            {
                bool isLast = charsConsumed + 1 == source.Length;
                if (isLast && !isFinalBlock && char.IsHighSurrogate((char)scalar))
                {
                    return OperationStatus.NeedMoreData;
                }

                if (!isLast && char.IsSurrogatePair((char)scalar, source[charsConsumed + 1]))
                {
                    scalar = char.ConvertToUtf32((char)scalar, source[charsConsumed + 1]);
                    length = 2;
                }
                else if (!_ascii)
                {
                    scalar = 0xFFFD;
                }
            }

            var room = destination[charsWritten..];
            if (!TryPut(scalar, room, out int written))
            {
                return OperationStatus.DestinationTooSmall;
            }

            charsConsumed += length;
            charsWritten += written;
        }

        return OperationStatus.Done;
    }

    private unsafe bool TryPut(int scalar, Span<char> room, out int written)
    {
        if (!WillEncode(scalar) && scalar <= 0xFFFF)
        {
            written = 1;
            if (room.IsEmpty)
            {
                return false;
            }

            room[0] = (char)scalar;
            return true;
        }

        fixed (char* p = room)
        {
            return TryEncodeUnicodeScalar(scalar, p, room.Length, out written);
        }
    }

    private static bool Put(Span<char> output, char first, char second)
    {
        output[0] = first;
        output[1] = second;
        return true;
    }

    private static bool PutHex(Span<char> output, int unit)
    {
        Put(output, '\\', 'u');
        for (int i = 0; i < 4; i++)
        {
            int digit = (unit >> (12 - (4 * i))) & 0xF;
            output[2 + i] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }

        return true;
    }
}
