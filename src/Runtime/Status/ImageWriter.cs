using System;
using System.Buffers.Binary;

namespace SpecKitty.Status;

/// <summary>Values as bytes, one behind the other, for <see cref="ImageReader"/>.</summary>
internal sealed class ImageWriter
{
    private byte[] _bytes = new byte[16 * 1024];
    private int _length;

    public Span<byte> Written => _bytes.AsSpan(0, _length);

    public void Add(bool value) => Room(1)[0] = value ? (byte)1 : (byte)0;

    public void Add(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    public void Add(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    /// <summary>Bytes whose length is known to the reader.</summary>
    public void AddRaw(ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    public void Add(ReadOnlySpan<byte> value)
    {
        Add(value.Length);
        AddRaw(value);
    }

    public void Add(LogPosition value)
    {
        Add(value.Line);
        Add(value.Offset);
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, _length + (long)count), Array.MaxLength));
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
