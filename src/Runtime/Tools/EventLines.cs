using System;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>Turns the rows of a log into lines with cursors, and puts them out in portions.</summary>
internal sealed class EventLines : LogSink
{
    private const int Portion = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _log;
    private readonly long _start;
    private readonly byte[]? _wp;
    private byte[] _buffer = new byte[Portion + 4096];
    private int _filled;

    /// <param name="log">The bytes that are read.</param>
    /// <param name="cursor">Where the first of them stands in the log.</param>
    /// <param name="wp">The work package asked for; null for all rows.</param>
    public EventLines(ReadOnlyMemory<byte> log, EventCursor cursor, string? wp)
    {
        _log = log;
        _start = cursor.Offset;
        _wp = wp is null ? null : Encoding.UTF8.GetBytes(wp);
        Cursor = cursor;
    }

    /// <summary>Behind the last row that was taken, whether it was put out or not.</summary>
    public EventCursor Cursor { get; private set; }

    /// <summary>Whether nobody reads any more.</summary>
    public bool IsBroken { get; private set; }

    public override bool Take(in LogRow row, LogPosition position)
    {
        var rest = _log.Span[(int)(position.Offset - _start)..];
        int end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        int length = end < 0 ? line.Length : line.Length + 1;
        Cursor = new EventCursor(position.Offset + length, end < 0 ? position.Line : position.Line + 1, length, EventCursor.HashOf(line));
        if (_wp is null || row.WpId.SequenceEqual(_wp))
        {
            Add("{\""u8);
            Add(EventsLineFields.Cursor);
            Add("\": \""u8);
            Add(Encoding.UTF8.GetBytes(Cursor.Text));
            Add("\", \""u8);
            Add(EventsLineFields.Row);
            Add("\": "u8);
            Add(line.Trim(" \t\r\v\f"u8));
            Add("}\n"u8);
        }

        return _filled < Portion || Flush();
    }

    /// <summary>Puts out what is there. False when nobody reads any more.</summary>
    public bool Flush()
    {
        IsBroken |= _filled > 0 && StandardOutput.Write(_buffer.AsSpan(0, _filled)) != 0;
        _filled = 0;
        return !IsBroken;
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (_filled + bytes.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _filled + bytes.Length));
        }

        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
    }
}
