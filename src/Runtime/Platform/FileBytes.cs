using System;

namespace SpecKitty.Platform;

/// <summary>The bytes of a file in a borrowed buffer; dispose to give it back, after which <see cref="Span"/> must not be used.</summary>
internal sealed class FileBytes : IDisposable
{
    private byte[]? _buffer;
    private readonly int _length;

    internal FileBytes(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _buffer is null ? 0 : _length);

    public ReadOnlyMemory<byte> Memory => _buffer is null ? default : new(_buffer, 0, _length);

    public int Length => _length;

    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            BufferPool.Return(buffer);
        }
    }
}
