using System;
using System.Buffers.Binary;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>
/// Makes event ids: ULIDs whose time is the row's, each above the one before and, where that can be, above the greatest in the log.
/// What follows the time is random, also when the log's greatest id forces a later time: counting on from it would let two clones of a
/// repository make the same id, and one of two merged rows would be taken for a copy.
/// </summary>
internal struct EventId
{
    private const int RandomBits = 80;
    public const int TextLength = 26;
    private const long LastTime = (1L << 48) - 1;

    private UInt128 _previous;

    /// <param name="greatest">The greatest id in the log, in UTF-8; anything that is no ULID is ignored.</param>
    public EventId(ReadOnlySpan<byte> greatest)
    {
        if (greatest.Length == TextLength && Ulid.TryParse(greatest, out var parsed))
        {
            // Only if it says the same as text: the package reads small letters too.
            Span<byte> bytes = stackalloc byte[16], text = stackalloc byte[TextLength];
            if (parsed.TryWriteStringify(text) && text.SequenceEqual(greatest) && parsed.TryWriteBytes(bytes))
            {
                _previous = BinaryPrimitives.ReadUInt128BigEndian(bytes);
                IsFirst = true;
            }
        }
    }

    /// <summary>Whether <see cref="_previous"/> is another's, so that counting on from it is not allowed.</summary>
    private bool IsFirst { get; set; }

    /// <summary>The id of the next row.</summary>
    /// <param name="at">The row's time, microseconds since 1970.</param>
    public string Next(long at)
    {
        long time = Math.Clamp(at / 1000, 0, LastTime);
        var value = Random(time);
        if (value <= _previous)
        {
            long previousTime = (long)(_previous >> RandomBits);
            if (!IsFirst)
            {
                value = _previous + 1;
            }
            else if (previousTime < LastTime)
            {
                value = Random(previousTime + 1);
            }
        }

        _previous = value;
        IsFirst = false;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return new Ulid(bytes).ToString();
    }

    private static UInt128 Random(long time)
    {
        Span<byte> random = stackalloc byte[RandomBits / 8];
        Entropy.Fill(random);
        var low = ((UInt128)BinaryPrimitives.ReadUInt16BigEndian(random) << 64) | BinaryPrimitives.ReadUInt64BigEndian(random[2..]);
        return ((UInt128)(ulong)time << RandomBits) | low;
    }
}
