using System;

namespace SpecKitty.Status;

/// <summary>
/// Tells whether an event id was seen before, without keeping them all: while ids arrive roughly ascending, as ULIDs do, a new one is
/// above everything but the last few. Remembers the last 64 to 128 ids, and the greatest of those it forgot.
/// </summary>
internal sealed class RecentIds
{
    private const int BlockSize = 64;

    /// <summary>A ULID has 26; longer ids are beyond this shortcut.</summary>
    private const int LongestId = 32;

    private byte[] _block = new byte[BlockSize * LongestId];
    private byte[] _lengths = new byte[BlockSize];
    private byte[]? _olderBlock;
    private byte[]? _olderLengths;
    private int _count;
    private readonly byte[] _greatest = new byte[LongestId];
    private int _greatestLength = -1;

    /// <summary>The greatest id before the older block, of which nothing else is known; -1 long when there is none.</summary>
    private readonly byte[] _forgotten = new byte[LongestId];
    private int _forgottenLength = -1;

    /// <summary>The greatest before the current block began.</summary>
    private readonly byte[] _beforeBlock = new byte[LongestId];
    private int _beforeBlockLength = -1;

    /// <summary>The greatest id so far; empty when there is none.</summary>
    public ReadOnlySpan<byte> Greatest => _greatest.AsSpan(0, Math.Max(_greatestLength, 0));

    /// <summary>Notes an id.</summary>
    public IdNovelty Add(ReadOnlySpan<byte> id)
    {
        if (id.Length > LongestId)
        {
            return IdNovelty.Unknown;
        }

        if (_greatestLength >= 0 && id.SequenceCompareTo(_greatest.AsSpan(0, _greatestLength)) <= 0)
        {
            if (Holds(_block, _lengths, _count, id) || (_olderBlock is not null && Holds(_olderBlock, _olderLengths!, BlockSize, id)))
            {
                return IdNovelty.Seen;
            }

            if (_forgottenLength >= 0 && id.SequenceCompareTo(_forgotten.AsSpan(0, _forgottenLength)) <= 0)
            {
                return IdNovelty.Unknown;
            }
        }
        else
        {
            id.CopyTo(_greatest);
            _greatestLength = id.Length;
        }

        if (_count == BlockSize)
        {
            NextBlock();
        }

        id.CopyTo(_block.AsSpan(_count * LongestId));
        _lengths[_count++] = (byte)id.Length;
        return IdNovelty.New;
    }

    private static bool Holds(byte[] block, byte[] lengths, int count, ReadOnlySpan<byte> id)
    {
        for (int i = 0; i < count; i++)
        {
            if (block.AsSpan(i * LongestId, lengths[i]).SequenceEqual(id))
            {
                return true;
            }
        }

        return false;
    }

    private void NextBlock()
    {
        _beforeBlock.CopyTo(_forgotten, 0);
        _forgottenLength = _beforeBlockLength;

        // The greatest may already count the id that is about to open the new block; that only makes "forgotten" a little too great
        // one block later, which errs towards Unknown.
        _greatest.CopyTo(_beforeBlock, 0);
        _beforeBlockLength = _greatestLength;
        (_olderBlock, _block) = (_block, _olderBlock ?? new byte[BlockSize * LongestId]);
        (_olderLengths, _lengths) = (_lengths, _olderLengths ?? new byte[BlockSize]);
        _count = 0;
    }
}
