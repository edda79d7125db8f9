using System;
using System.Buffers.Binary;

namespace SpecKitty.Platform;

/// <summary>Random bytes that are always to be had: an id must never be the reason why a call does not answer.</summary>
internal static class Entropy
{
    /// <summary>The kernel's; where it refuses (seccomp, an old kernel), a mix of clocks and process id, unique if not unguessable.</summary>
    public static void Fill(Span<byte> bytes)
    {
        if (Posix.Random(bytes) == bytes.Length)
        {
            return;
        }

        ulong state = (ulong)Posix.Time(monotonic: false) ^ ((ulong)Environment.ProcessId << 40) ^ (ulong)Posix.Time(monotonic: true);
        Span<byte> block = stackalloc byte[sizeof(ulong)];
        while (!bytes.IsEmpty)
        {
            // SplitMix64 (Steele, Lea, Flood 2014).
            state += 0x9E3779B97F4A7C15;
            ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            BinaryPrimitives.WriteUInt64LittleEndian(block, z ^ (z >> 31));
            int length = Math.Min(bytes.Length, block.Length);
            block[..length].CopyTo(bytes);
            bytes = bytes[length..];
        }
    }
}
