using System;

namespace SpecKitty.Platform;

/// <summary>
/// One spare buffer per thread. A call reads its files one after the other, so one is enough, and the first use costs nothing to
/// set up, unlike <see cref="System.Buffers.ArrayPool{T}"/>.
/// </summary>
internal static class BufferPool
{
    private const int Smallest = 256;
    private const int LargestKept = 1024 * 1024;

    [ThreadStatic]
    private static byte[]? _spare;

    /// <summary>A buffer of at least <paramref name="size"/> bytes with any content.</summary>
    public static byte[] Rent(int size)
    {
        var spare = _spare;
        if (spare is not null && spare.Length >= size)
        {
            _spare = null;
            return spare;
        }

        return GC.AllocateUninitializedArray<byte>(size < Smallest ? Smallest : size);
    }

    /// <summary>Gives a buffer back; the larger one is kept.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= LargestKept && (_spare is null || _spare.Length < buffer.Length))
        {
            _spare = buffer;
        }
    }
}
