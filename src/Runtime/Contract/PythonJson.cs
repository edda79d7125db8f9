using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SpecKitty.Contract;

/// <summary>
/// JSON in the byte form of Python's <c>json.dumps</c>: envelopes and log rows share it with the reference host (HOST §1.3, §6.0).
/// </summary>
internal static class PythonJson
{
    /// <summary>One line, ", " and ": " between items, everything outside printable ASCII escaped.</summary>
    /// <remarks>The writer indents with nothing but line feeds; <see cref="CloseLine"/> turns those into the separators.</remarks>
    private static JsonWriterOptions LineOptions => new()
    {
        Encoder = PythonEncoder.Ascii,
        Indented = true,
        IndentSize = 0,
        NewLine = "\n",
        SkipValidation = true,
        MaxDepth = 1000,
    };

    /// <summary>Two-space indent, non-ASCII kept, as <c>indent=2, ensure_ascii=False</c>.</summary>
    private static JsonWriterOptions DocumentOptions => new()
    {
        Encoder = PythonEncoder.Unicode,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        SkipValidation = true,
        MaxDepth = 1000,
    };

    /// <summary>A writer for one line; what it wrote must go through <see cref="CloseLine"/>.</summary>
    public static Utf8JsonWriter LineWriter(IBufferWriter<byte> buffer) => new(buffer, LineOptions);

    /// <inheritdoc cref="LineWriter(IBufferWriter{byte})"/>
    /// <remarks>For every call's answer: the writer calls its own buffer and the stream without an interface.</remarks>
    public static Utf8JsonWriter LineWriter(MemoryStream stream) => new(stream, LineOptions);

    /// <summary>A writer for a document file; its bytes are final but for the last line feed.</summary>
    public static Utf8JsonWriter DocumentWriter(IBufferWriter<byte> buffer) => new(buffer, DocumentOptions);

    /// <summary>The finished line, line feed included, of what a <see cref="LineWriter(IBufferWriter{byte})"/> wrote into <paramref name="buffer"/>.</summary>
    public static ReadOnlySpan<byte> Line(ArrayBufferWriter<byte> buffer)
    {
        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return Line(MemoryMarshal.AsMemory(buffer.WrittenMemory).Span);
    }

    /// <summary>The finished line, line feed included, of what a <see cref="LineWriter(MemoryStream)"/> wrote into <paramref name="stream"/>.</summary>
    public static ReadOnlySpan<byte> Line(MemoryStream stream)
    {
        stream.WriteByte((byte)'\n');
        return Line(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>
    /// Makes the line of what a <see cref="LineWriter(IBufferWriter{byte})"/> wrote, in place: a line feed after a comma becomes a space, every other one goes.
    /// Strings hold none, they are escaped. Returns the new length; the bytes behind it are left over.
    /// </summary>
    public static int CloseLine(Span<byte> written)
    {
        int to = written.IndexOf((byte)'\n');
        if (to < 0)
        {
            return written.Length;
        }

        int from = to;
        while (from < written.Length)
        {
            // At a line feed: it separates items only behind a comma.
            from++;
            if (from >= 2 && written[from - 2] == (byte)',')
            {
                written[to++] = (byte)' ';
            }

            int next = written[from..].IndexOf((byte)'\n');
            int end = next < 0 ? written.Length : from + next;
            written[from..end].CopyTo(written[to..]);
            to += end - from;
            from = end;
        }

        return to;
    }

    private static ReadOnlySpan<byte> Line(Span<byte> written)
    {
        int length = CloseLine(written[..^1]);
        written[length] = (byte)'\n';
        return written[..(length + 1)];
    }
}
