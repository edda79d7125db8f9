using System;
using SpecKitty.Platform;

namespace SpecKitty.Cli;

/// <summary>Standard input line by line, waiting for as long as its writer likes; a signal that was noted ends the wait.</summary>
internal sealed class InputLines
{
    private const int StandardInput = 0;
    private const int FirstBytes = 64 * 1024;

    /// <summary>Milliseconds after which a signal is seen that came between the look and the wait.</summary>
    private const int Glance = 200;

    private readonly int _maxBytes;
    private byte[] _buffer = new byte[FirstBytes];
    private int _start, _end;
    private bool _isAtEnd;

    /// <param name="maxBytes">A longer line is passed over.</param>
    public InputLines(int maxBytes) => _maxBytes = maxBytes;

    /// <summary>The number of the line that <see cref="Next"/> gave, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Why the input ended, if not by itself; 0 otherwise.</summary>
    public int Errno { get; private set; }

    /// <summary>The next line, without its line feed; false at the end, or when a signal came. The last line need not have one.</summary>
    /// <param name="line">Good until the next call.</param>
    /// <param name="isTooLong">The line was passed over.</param>
    public bool Next(out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        isTooLong = false;
        int seen = 0;
        while (true)
        {
            int feed = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (feed >= 0 || (_isAtEnd && _end > _start) || (_isAtEnd && isTooLong))
            {
                int length = feed >= 0 ? seen + feed : _end - _start;
                line = _buffer.AsSpan(_start, length);
                isTooLong |= length > _maxBytes;
                _start += length + (feed >= 0 ? 1 : 0);
                Number++;
                return true;
            }

            seen = _end - _start;
            if (seen > _maxBytes)
            {
                // Only its end is of interest any more.
                isTooLong = true;
                _start = _end;
                seen = 0;
            }

            if (_isAtEnd || !Fill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <summary>Reads more; false when a signal came or the input cannot be read.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        while (Signals.Pending == 0)
        {
            int ready = Posix.Poll(StandardInput, forWriting: false, Glance);
            if (ready == 0 || ready == -Platform.Errno.Interrupted)
            {
                continue;
            }

            int read = ready < 0 ? ready : Posix.Read(StandardInput, _buffer.AsSpan(_end));
            if (read == -Platform.Errno.TryAgain)
            {
                continue;
            }

            Errno = read < 0 ? -read : 0;
            _isAtEnd = read <= 0;
            _end += Math.Max(read, 0);
            return true;
        }

        return false;
    }
}
