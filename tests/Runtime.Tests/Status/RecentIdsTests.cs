using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

/// <summary>What is said of an id is held against all ids there were, also by one that was kept and read back in between.</summary>
internal sealed class RecentIdsTests
{
    /// <summary>As many ids back nothing is forgotten yet.</summary>
    private const int Remembered = 64;
    private const int LongestId = 32;

    [Test]
    public void What_is_new_was_never_there_what_was_seen_was_and_what_is_recent_is_known() =>
        Gen.Select(Gen.Int, Gen.Int[1, 500], Gen.Int[0, 500], Gen.Int[1, 40]).Sample(Holds, iter: 3_000);

    [Test]
    public async Task Of_an_id_that_is_too_long_nothing_is_said()
    {
        var ids = new RecentIds();
        await Assert.That(ids.Add(Bytes(new string('z', LongestId + 1)))).IsEqualTo(IdNovelty.Unknown);
        await Assert.That(ids.Greatest.IsEmpty).IsTrue();
        await Assert.That(ids.Add(Bytes(new string('z', LongestId)))).IsEqualTo(IdNovelty.New);
        await Assert.That(ids.Add(Bytes(new string('z', LongestId)))).IsEqualTo(IdNovelty.Seen);
    }

    [Test]
    public async Task The_empty_id_is_an_id()
    {
        var ids = new RecentIds();
        await Assert.That(ids.Add(default)).IsEqualTo(IdNovelty.New);
        await Assert.That(ids.Add(default)).IsEqualTo(IdNovelty.Seen);
        await Assert.That(Kept(ids).Add(default)).IsEqualTo(IdNovelty.Seen);
        var others = new RecentIds();
        others.Add(Bytes("a"));
        await Assert.That(Kept(others).Add(default)).IsEqualTo(IdNovelty.New);
    }

    [Test]
    public async Task Ids_that_were_kept_by_nobody_are_refused()
    {
        await Assert.That(IsRead(0, 0)).IsTrue();
        await Assert.That(IsRead(Remembered, Remembered)).IsTrue();
        await Assert.That(IsRead(0, 1)).IsFalse();
        await Assert.That(IsRead(Remembered + 1, 0)).IsFalse();
        await Assert.That(IsRead(1, 0, LongestId)).IsTrue();
        await Assert.That(IsRead(1, 0, LongestId + 1)).IsFalse();
    }

    /// <summary>Whether an image of so many ids, and so many older ones, can be read.</summary>
    private static bool IsRead(int recent, int older, int length = 1)
    {
        var image = new ImageWriter();
        foreach (int count in (int[])[recent, older])
        {
            image.Add(count);
            for (int i = 0; i < count; i++)
            {
                image.Add(Bytes(new string('x', length)));
            }
        }

        for (int i = 0; i < 3; i++)
        {
            image.Add(false);
            image.Add(default(ReadOnlySpan<byte>));
        }

        var reader = new ImageReader(image.Written);
        new RecentIds().Load(ref reader);
        return reader.IsAtGoodEnd;
    }

    private static bool Holds(int seed, int count, int keptAt, int rarity)
    {
        var random = new Random(seed);
        var ids = new RecentIds();
        var all = new HashSet<string>(StringComparer.Ordinal);
        var order = new List<string>();
        string greatest = "";
        for (int i = 0; i < count; i++)
        {
            if (i == keptAt)
            {
                ids = Kept(ids);
            }

            string id = random.Next(rarity) == 0 ? Odd(random, order, i) : i.ToString("D26", CultureInfo.InvariantCulture);
            bool isGreatest = all.Count == 0 || string.CompareOrdinal(id, greatest) > 0;
            string mostForgotten = order.Count <= Remembered ? "" : order[..^Remembered].Max(StringComparer.Ordinal)!;
            bool isRecent = order.TakeLast(Remembered).Contains(id, StringComparer.Ordinal);
            bool mustBeKnown = isGreatest || isRecent || order.Count <= Remembered || string.CompareOrdinal(id, mostForgotten) > 0;
            var novelty = ids.Add(Bytes(id));
            if (novelty == IdNovelty.Unknown ? mustBeKnown : (novelty == IdNovelty.Seen) != all.Contains(id))
            {
                return false;
            }

            if (novelty == IdNovelty.Unknown)
            {
                // Whoever asks begins again in another way.
                return true;
            }

            if (all.Add(id))
            {
                order.Add(id);
                greatest = isGreatest ? id : greatest;
            }

            if (!ids.Greatest.SequenceEqual(Bytes(greatest)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One that was there, near or far, one out of order, or one of another length.</summary>
    private static string Odd(Random random, List<string> order, int number) => random.Next(5) switch
    {
        0 when order.Count > 0 => order[random.Next(order.Count)],
        1 when order.Count > 0 => order[Math.Max(0, order.Count - 1 - random.Next(2 * Remembered))],
        2 => Math.Max(0, number - random.Next(3 * Remembered)).ToString("D26", CultureInfo.InvariantCulture) + "x",
        3 => number.ToString("D26", CultureInfo.InvariantCulture).PadRight(LongestId, 'y'),
        _ => "",
    };

    private static RecentIds Kept(RecentIds ids)
    {
        var image = new ImageWriter();
        ids.Save(image);
        var reader = new ImageReader(image.Written);
        var read = new RecentIds();
        read.Load(ref reader);
        return reader.IsAtGoodEnd ? read : throw new InvalidOperationException("what was kept cannot be read");
    }

    private static byte[] Bytes(string id) => Encoding.ASCII.GetBytes(id);
}
