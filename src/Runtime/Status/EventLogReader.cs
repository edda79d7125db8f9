using System;
using System.Text.Unicode;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>
/// Reads the rows of a log, from its beginning or from a row on, through one buffer that grows only for a row that does not fit. Only a line feed separates
/// rows; blank lines count as lines and are skipped.
/// <para>
/// Reading needs no lock: rows only ever get added, by one <c>write</c> each time. What a writer has put there only partly, when the read
/// falls into its write, looks like a torn tail and is left out.
/// </para>
/// <para>
/// What stands behind the last line feed (DESIGN §7): a whole JSON value counts, as if its line feed had come; if it is then no valid row
/// it is corrupt, since no prefix of a row is a whole value. Anything else is a torn tail.
/// </para>
/// </summary>
internal sealed class EventLogReader : IDisposable
{
    /// <summary>The longest row, in bytes, that is read or written.</summary>
    public const int LongestRow = 64 * 1024 * 1024;

    private const int ChunkSize = 64 * 1024;
    private const byte LineFeed = (byte)'\n';

    private readonly int _descriptor;
    private readonly ReadOnlyMemory<byte> _given;
    private readonly LogPosition _start;
    private readonly PlainRowParser _plain = new();
    private byte[] _buffer;
    private byte[] _scratch = [];

    /// <summary>Valid bytes of the buffer, and where the next row begins in it.</summary>
    private int _filled;
    private int _next;

    /// <summary>Offset in the log of the buffer's first byte.</summary>
    private long _base;
    private int _line;

    /// <summary>Reads an open file; the descriptor stays the caller's.</summary>
    /// <param name="descriptor">A regular file.</param>
    /// <param name="size">Its size, to choose the buffer by.</param>
    /// <param name="start">The row to begin with.</param>
    public EventLogReader(int descriptor, long size, LogPosition start)
    {
        _descriptor = descriptor;
        _start = start;
        _buffer = BufferPool.Rent((int)Math.Min(size - start.Offset + 1, ChunkSize));
    }

    /// <summary>Reads bytes that are at hand.</summary>
    /// <param name="bytes">A log, or its continuation.</param>
    /// <param name="start">Where they stand in the log.</param>
    public EventLogReader(ReadOnlyMemory<byte> bytes, LogPosition start)
    {
        _descriptor = -1;
        _given = bytes;
        _start = start;
        _buffer = [];
    }

    /// <summary>Bytes read that count: to the end of the last row and its line feed, or of what takes its place.</summary>
    public long End { get; private set; }

    /// <summary>Where the next row would stand once the last has its line feed.</summary>
    public LogPosition EndPosition => new(LacksLineFeed ? _line + 1 : _line, End);

    /// <summary>Bytes behind <see cref="End"/> that are part of a row and no more.</summary>
    public int TornTailBytes { get; private set; }

    /// <summary>Whether the last row has no line feed, so that the next must bring one.</summary>
    public bool LacksLineFeed { get; private set; }

    /// <summary>Where the reading stopped because of <see cref="Fault"/>.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>What is wrong at <see cref="Position"/>; None if nothing is.</summary>
    public RowFault Fault { get; private set; }

    /// <summary>The key that the fault is about, if it is about one.</summary>
    public string FaultKey { get; private set; } = "";

    /// <summary>The byte of the row, from 1, that is no JSON.</summary>
    public int FaultColumn { get; private set; }

    /// <summary>
    /// Passes every row to <paramref name="sink"/>. Can be called again, to read again from the same row.
    /// </summary>
    /// <param name="sink">Takes the rows.</param>
    /// <param name="isComplete">Whether the end was reached; if not, <see cref="Fault"/> or the sink stopped it.</param>
    /// <returns>0, or the negated errno of a read that failed.</returns>
    public int Read(LogSink sink, out bool isComplete)
    {
        isComplete = false;
        _line = _start.Line;
        _base = _start.Offset;
        _next = 0;
        _filled = 0;
        while (true)
        {
            int read = Fill();
            if (read < 0)
            {
                return read;
            }

            var fresh = Buffer[_next.._filled];
            int rows = fresh.LastIndexOf(LineFeed) + 1;

            // Mostly the whole chunk is good; only if not, each row is looked at.
            bool isUtf8 = Utf8.IsValid(fresh[..rows]);
            while (rows > 0)
            {
                var rest = Buffer[_next.._filled];
                int length = rest.IndexOfAnyInRange((byte)0, (byte)0x1F);
                bool noControls = rest[length] == LineFeed;
                if (!noControls)
                {
                    length += rest[length..].IndexOf(LineFeed);
                }

                if (!TakeRow(rest[..length], noControls, isUtf8, sink))
                {
                    return 0;
                }

                rows -= length + 1;
                _next += length + 1;
                _line++;
            }

            if (read == 0)
            {
                isComplete = TakeRest(sink);
                return 0;
            }
        }
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            BufferPool.Return(_buffer);
            _buffer = [];
        }
    }

    private ReadOnlySpan<byte> Buffer => _descriptor >= 0 ? _buffer : _given.Span;

    /// <summary>Moves the rest to the front and reads more behind it: bytes read, 0 at the end, negated errno.</summary>
    private int Fill()
    {
        if (_descriptor < 0)
        {
            int given = _given.Length - _filled;
            _filled = _given.Length;
            return given;
        }

        if (_next > 0)
        {
            _buffer.AsSpan(_next.._filled).CopyTo(_buffer);
            _base += _next;
            _filled -= _next;
            _next = 0;
        }

        if (_filled == _buffer.Length)
        {
            if (_filled > LongestRow)
            {
                return 0;
            }

            var larger = BufferPool.Rent(Math.Min(_buffer.Length * 2, LongestRow + 1));
            _buffer.CopyTo(larger, 0);
            BufferPool.Return(_buffer);
            _buffer = larger;
        }

        // Reads by offset: the descriptor's position is left alone, and a second pass needs no seek.
        int read = Posix.ReadAt(_descriptor, _buffer.AsSpan(_filled), _base + _filled);
        _filled += Math.Max(read, 0);
        return read;
    }

    private bool TakeRow(ReadOnlySpan<byte> line, bool noControls, bool isUtf8, LogSink sink)
    {
        line = Trim(line);
        if (line.IsEmpty)
        {
            return true;
        }

        if (!isUtf8 && !Utf8.IsValid(line))
        {
            return Stop(RowFault.NotUtf8);
        }

        if (noControls && _plain.TryParse(line, out var row))
        {
            return sink.Take(row, Here);
        }

        RowParser.Parse(line, noControls, ref _scratch, out row);
        return row.Kind == RowKind.Bad ? Stop(row) : sink.Take(row, Here);
    }

    /// <summary>What is left when there is no more line feed.</summary>
    private bool TakeRest(LogSink sink)
    {
        var rest = Buffer[_next.._filled];
        End = _base + _filled;
        LacksLineFeed = !rest.IsEmpty;
        if (rest.Length > LongestRow)
        {
            return Stop(RowFault.TooLong);
        }

        var line = Trim(rest);
        if (line.IsEmpty)
        {
            return true;
        }

        var value = new JsonScanner(line, noControls: false);
        if (!Utf8.IsValid(line) || !value.TryValue(out _) || !value.AtEnd())
        {
            LacksLineFeed = false;
            TornTailBytes = rest.Length;
            End -= rest.Length;
            return true;
        }

        return TakeRow(rest, noControls: false, isUtf8: true, sink);
    }

    private LogPosition Here => new(_line, _base + _next);

    private bool Stop(in LogRow row)
    {
        FaultKey = JsonText.Text(row.FaultKey);
        FaultColumn = row.FaultColumn;
        return Stop(row.Fault);
    }

    private bool Stop(RowFault fault)
    {
        Fault = fault;
        Position = Here;
        return false;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        // All but always there is nothing to trim.
        if (!line.IsEmpty && line[0] == (byte)'{' && line[^1] == (byte)'}')
        {
            return line;
        }

        return line.Trim(" \t\r\v\f"u8);
    }
}
