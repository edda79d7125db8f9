using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed partial class EventIdTests
{
    private const long Now = 1_795_455_555_073_820;

    [Test]
    public async Task Ids_are_ulids_of_the_rows_time_and_ascend()
    {
        var ids = new EventId(default);
        string previous = "";
        for (int i = 0; i < 10_000; i++)
        {
            string id = ids.Next(Now + i);
            await Assert.That(Shape().IsMatch(id)).IsTrue();
            await Assert.That(string.CompareOrdinal(previous, id)).IsLessThan(0);
            await Assert.That(Ulid.Parse(id, null).Time.ToUnixTimeMilliseconds()).IsEqualTo((Now + i) / 1000);
            previous = id;
        }
    }

    [Test]
    public async Task The_greatest_id_of_a_log_is_whichever_row_has_it_and_none_without_rows()
    {
        string[] rows = [Rows.Lane("WP01", "planned", "claimed", id: Rows.Id(5)), Rows.Lane("WP02", "planned", "claimed", id: Rows.Id(3))];
        await Assert.That(Encoding.ASCII.GetString(Rows.Good(rows).Reducer.GreatestId)).IsEqualTo(Rows.Id(5));
        await Assert.That(Rows.Good(Rows.Log()).Reducer.GreatestId.IsEmpty).IsTrue();
    }

    [Test]
    public async Task The_first_id_is_above_the_greatest_in_the_log_and_random()
    {
        foreach (string greatest in (string[])["01M84QV5G2NES2XNDQAR3G8WNV", "7ZZZZZZZZYZZZZZZZZZZZZZZZZ", "6000000000ZZZZZZZZZZZZZZZZ"])
        {
            var seen = new HashSet<string>();
            for (int i = 0; i < 100; i++)
            {
                string id = new EventId(Encoding.ASCII.GetBytes(greatest)).Next(Now);
                await Assert.That(string.CompareOrdinal(greatest, id)).IsLessThan(0);
                await Assert.That(Shape().IsMatch(id)).IsTrue();
                seen.Add(id);
            }

            // Two clones of a repository must not make the same id.
            await Assert.That(seen.Count).IsEqualTo(100);
        }
    }

    [Test]
    public async Task What_is_no_ulid_or_cannot_be_exceeded_is_ignored()
    {
        foreach (string greatest in (string[])["", "zzz", "01m84qv5g2nes2xndqar3g8wnv", "01M84QV5G2NES2XNDQAR3G8WNU!", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "OIL84QV5G2NES2XNDQAR3G8WNV"])
        {
            string id = new EventId(Encoding.ASCII.GetBytes(greatest)).Next(Now);
            await Assert.That(Ulid.Parse(id, null).Time.ToUnixTimeMilliseconds()).IsEqualTo(Now / 1000).Because(greatest);
        }
    }

    [Test]
    public async Task Times_before_1970_and_far_ahead_have_ids()
    {
        await Assert.That(new EventId(default).Next(-5)).StartsWith("0000000000");
        await Assert.That(new EventId(default).Next(SpecKitty.Platform.Clock.End - 1)).StartsWith("76EZ91ZPZ");
    }

    [GeneratedRegex("^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
    private static partial Regex Shape();
}
