using System;

namespace SpecKitty.Status;

/// <summary>A small text that is replaced often: its bytes, without a new array each time.</summary>
internal struct ByteBuffer
{
    private byte[]? _bytes;
    private int _length;

    public readonly ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public void Set(ReadOnlySpan<byte> value)
    {
        if (_bytes is null || _bytes.Length < value.Length)
        {
            _bytes = new byte[value.Length + 8];
        }

        value.CopyTo(_bytes);
        _length = value.Length;
    }
}
