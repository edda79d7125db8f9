using System;
using System.Buffers.Binary;

namespace SpecKitty.Status;

/// <summary>
/// Reads what <see cref="ImageWriter"/> wrote. Whatever the bytes are, it stays inside them: once something does not fit,
/// <see cref="IsGood"/> is false and everything that follows is zero or empty.
/// </summary>
internal ref struct ImageReader
{
    private ReadOnlySpan<byte> _rest;

    public ImageReader(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
        IsGood = true;
    }

    public bool IsGood { get; private set; }

    /// <summary>Whether everything was read, and all of it fitted.</summary>
    public readonly bool IsAtGoodEnd => IsGood && _rest.IsEmpty;

    public bool Bool() => Raw(1) is { IsEmpty: false } value && value[0] != 0;

    public int Int() => Raw(4) is { IsEmpty: false } value ? BinaryPrimitives.ReadInt32LittleEndian(value) : 0;

    public long Long() => Raw(8) is { IsEmpty: false } value ? BinaryPrimitives.ReadInt64LittleEndian(value) : 0;

    /// <summary>A number of things that follow, each of at least one byte.</summary>
    public int Count()
    {
        int count = Int();
        Require(count >= 0 && count <= _rest.Length);
        return IsGood ? count : 0;
    }

    public ReadOnlySpan<byte> Bytes() => Raw(Count());

    public LogPosition Position()
    {
        int line = Int();
        return new(line, Long());
    }

    public ReadOnlySpan<byte> Raw(int count)
    {
        Require(count <= _rest.Length);
        if (!IsGood)
        {
            return default;
        }

        var value = _rest[..count];
        _rest = _rest[count..];
        return value;
    }

    /// <summary>Nothing is good any more unless this holds.</summary>
    public void Require(bool condition)
    {
        IsGood &= condition;
        if (!IsGood)
        {
            _rest = default;
        }
    }
}
