using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace SpecKitty.Reliability.Harness;

/// <summary>NUL-ended strings and lists of them for one call, freed together.</summary>
internal sealed unsafe class NativeStrings
{
    private readonly List<nint> _blocks = [];

    /// <summary>UTF-8, where a lone surrogate U+DC80 to U+DCFF stands for a byte that is no UTF-8, the way Python has it.</summary>
    public byte* Text(string text)
    {
        byte[] bytes = new byte[(text.Length * 3) + 1];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is >= '\uDC80' and <= '\uDCFF' && (i == 0 || !char.IsHighSurrogate(text[i - 1])))
            {
                bytes[length++] = (byte)(text[i] - 0xDC00);
            }
            else
            {
                int units = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
                length += Encoding.UTF8.GetBytes(text.AsSpan(i, units), bytes.AsSpan(length));
                i += units - 1;
            }
        }

        byte* block = (byte*)NativeMemory.Alloc((nuint)length + 1);
        _blocks.Add((nint)block);
        bytes.AsSpan(0, length + 1).CopyTo(new Span<byte>(block, length + 1));
        return block;
    }

    public byte** List(IReadOnlyList<string> texts)
    {
        byte** list = (byte**)NativeMemory.Alloc((nuint)((texts.Count + 1) * sizeof(byte*)));
        _blocks.Add((nint)list);
        for (int i = 0; i < texts.Count; i++)
        {
            list[i] = Text(texts[i]);
        }

        list[texts.Count] = null;
        return list;
    }

    public void Free()
    {
        foreach (nint block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
    }
}
