using System;

namespace SpecKitty.Git;

/// <summary>Bytes that came out of a pipe and that nobody took yet.</summary>
internal sealed class ChildOutput
{
    private readonly int _kept;
    private byte[] _buffer;
    private int _start;
    private int _end;

    /// <param name="initial">Bytes to begin with.</param>
    /// <param name="kept">Bytes beyond which what comes is dropped.</param>
    public ChildOutput(int initial, int kept = int.MaxValue)
    {
        _buffer = GC.AllocateUninitializedArray<byte>(initial);
        _kept = kept;
    }

    /// <summary>What came and was not taken; valid until the next call that waits.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(_start, _end - _start);

    public int Length => _end - _start;

    /// <summary>Where the next bytes go.</summary>
    public Span<byte> Free()
    {
        if (Length >= _kept)
        {
            _end = _start + _kept;
        }

        if (_start > 0 && _end == _buffer.Length)
        {
            Span.CopyTo(_buffer);
            (_start, _end) = (0, Length);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min((long)_buffer.Length * 2, Array.MaxLength));
        }

        return _buffer.AsSpan(_end);
    }

    public void Added(int count) => _end += count;

    public void Take(int count) => _start += count;
}
