using System;
using System.Buffers;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>Rows in the bytes in which they go to the log: Python's <c>json.dumps(row, sort_keys=True)</c> and a line feed each (HOST §1.3).</summary>
internal sealed class RowBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[2048];
    private int _length;
    private Utf8JsonWriter? _writer;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void AddLineFeed()
    {
        EnsureRoom(1);
        _bytes[_length++] = (byte)'\n';
    }

    /// <summary>Adds a row and its line feed.</summary>
    public void Add(Payload row, ContractLevel level)
    {
        int start = _length;
        _writer ??= PythonJson.LineWriter(this);
        _writer.Reset();
        _writer.WriteStartObject();
        row.WriteMembers(_writer, level);
        _writer.WriteEndObject();
        _writer.Flush();
        _length = start + PythonJson.CloseLine(_bytes.AsSpan(start.._length));
        PrivateKeys.Remove(this, start);
        AddLineFeed();
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>What was written from <paramref name="start"/> on.</summary>
    internal ReadOnlyMemory<byte> From(int start) => _bytes.AsMemory(start.._length);

    /// <summary>Forgets what was written from <paramref name="length"/> on.</summary>
    internal void CutTo(int length) => _length = length;

    private void EnsureRoom(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }
}
