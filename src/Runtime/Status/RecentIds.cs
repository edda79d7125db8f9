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

    public void Save(ImageWriter image)
    {
        SaveBlock(image, _block, _lengths, _count);
        SaveBlock(image, _olderBlock, _olderLengths, _olderBlock is null ? 0 : BlockSize);
        SaveId(image, _greatest, _greatestLength);
        SaveId(image, _forgotten, _forgottenLength);
        SaveId(image, _beforeBlock, _beforeBlockLength);
    }

    public void Load(ref ImageReader image)
    {
        _count = LoadBlock(ref image, _block, _lengths);
        byte[] older = new byte[BlockSize * LongestId], lengths = new byte[BlockSize];
        int olderCount = LoadBlock(ref image, older, lengths);
        image.Require(olderCount is 0 or BlockSize);
        (_olderBlock, _olderLengths) = olderCount == 0 ? (null, null) : (older, lengths);
        _greatestLength = LoadId(ref image, _greatest);
        _forgottenLength = LoadId(ref image, _forgotten);
        _beforeBlockLength = LoadId(ref image, _beforeBlock);
    }

    private static void SaveBlock(ImageWriter image, byte[]? block, byte[]? lengths, int count)
    {
        image.Add(count);
        for (int i = 0; i < count; i++)
        {
            image.Add(block.AsSpan(i * LongestId, lengths![i]));
        }
    }

    private static int LoadBlock(ref ImageReader image, byte[] block, byte[] lengths)
    {
        int count = image.Count();
        image.Require(count <= BlockSize);
        for (int i = 0; i < count && image.IsGood; i++)
        {
            var id = image.Bytes();
            image.Require(id.Length <= LongestId);
            if (image.IsGood)
            {
                id.CopyTo(block.AsSpan(i * LongestId));
                lengths[i] = (byte)id.Length;
            }
        }

        return image.IsGood ? count : 0;
    }

    private static void SaveId(ImageWriter image, byte[] id, int length)
    {
        image.Add(length >= 0);
        image.Add(id.AsSpan(0, Math.Max(length, 0)));
    }

    private static int LoadId(ref ImageReader image, byte[] into)
    {
        bool isThere = image.Bool();
        var id = image.Bytes();
        image.Require(id.Length <= LongestId);
        if (!image.IsGood || !isThere)
        {
            return -1;
        }

        id.CopyTo(into);
        return id.Length;
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
