using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace SpecKitty.Git;

/// <summary>A null-ended array of C strings in memory of its own, as <c>argv</c> and <c>envp</c> are.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _pointers;

    /// <summary>Every string UTF-8 encoded; one with a NUL inside ends there.</summary>
    public NativeStrings(string[] strings)
    {
        int bytes = 0;
        for (int i = 0; i < strings.Length; i++)
        {
            bytes += Encoding.UTF8.GetByteCount(strings[i]) + 1;
        }

        byte* text = Allocate(strings.Length, bytes);
        for (int i = 0; i < strings.Length; i++)
        {
            _pointers[i] = text;
            text += Encoding.UTF8.GetBytes(strings[i], new Span<byte>(text, bytes));
            *text++ = 0;
        }
    }

    /// <summary>The strings of <paramref name="block"/>, each ended by a NUL.</summary>
    public NativeStrings(ReadOnlySpan<byte> block)
    {
        byte* text = Allocate(block.Count((byte)0), block.Length);
        block.CopyTo(new Span<byte>(text, block.Length));
        int index = 0;
        while (!block.IsEmpty)
        {
            _pointers[index++] = text;
            int length = block.IndexOf((byte)0) + 1;
            text += length;
            block = block[length..];
        }
    }

    public byte** Pointers => _pointers;

    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        _pointers = null;
    }

    /// <summary>One block: the pointers, then the text.</summary>
    private byte* Allocate(int count, int bytes)
    {
        nuint table = (nuint)((count + 1) * sizeof(byte*));
        _pointers = (byte**)NativeMemory.Alloc(table + (nuint)bytes + 1);
        _pointers[count] = null;
        return (byte*)_pointers + table;
    }
}
