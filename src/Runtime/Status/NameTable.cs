using System;
using System.Runtime.InteropServices;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>Distinct byte strings, numbered in the order of their first appearance. Open addressing, seeded against crafted names.</summary>
internal sealed class NameTable
{
    private readonly ulong _seed = NewSeed();
    private byte[][] _names = new byte[8][];

    /// <summary>Number + 1, or 0 for free; its length is a power of two, at least twice the names.</summary>
    private int[] _slots = new int[16];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int number] => _names[number];

    /// <summary>The number of a name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name) => _slots[Slot(name)] - 1;

    /// <summary>The number of a name, which is added if new.</summary>
    public int Number(ReadOnlySpan<byte> name)
    {
        int slot = Slot(name);
        if (_slots[slot] != 0)
        {
            return _slots[slot] - 1;
        }

        if (Count == _names.Length)
        {
            Grow();
            slot = Slot(name);
        }

        _names[Count] = name.ToArray();
        _slots[slot] = ++Count;
        return Count - 1;
    }

    public static ulong NewSeed() => (ulong)Posix.Time(monotonic: true);

    /// <summary>Multiply and fold, eight bytes at a time.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes, ulong seed)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        ulong hash = seed ^ ((ulong)bytes.Length * Odd);
        while (bytes.Length >= 8)
        {
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(bytes), Odd);
            bytes = bytes[8..];
        }

        ulong rest = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            rest = (rest << 8) | bytes[i];
        }

        return Fold(hash ^ rest, Odd);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    /// <summary>Where it is, or the free slot where it belongs.</summary>
    private int Slot(ReadOnlySpan<byte> name)
    {
        int mask = _slots.Length - 1;
        int slot = (int)Hash(name, _seed) & mask;
        while (_slots[slot] is not 0 and var number && !name.SequenceEqual(_names[number - 1]))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _names, Count * 2);
        _slots = new int[_slots.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            _slots[Slot(_names[i])] = i + 1;
        }
    }
}
