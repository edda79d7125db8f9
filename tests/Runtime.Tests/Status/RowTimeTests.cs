using System;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class RowTimeTests
{
    private const long Now = 1_795_455_555_000_000;

    private static readonly Gen<string> AnyTime = Gen.OneOf(
        Gen.Long[Clock.Earliest, Clock.End - 1].Select(Clock.Text),
        Gen.Long[Now - 10, Now + 3_000_000].Select(Clock.Text),
        Gen.Long[Now - 10, Now + 3_000_000].Select(t => Clock.Text(t).Replace("+00:00", "Z", StringComparison.Ordinal)),
        Gen.Select(Gen.Long[Now - 10, Now + 3_000_000], Gen.Int[0, 40]).Select((t, n) => Clock.Text(t)[..Math.Min(n, Clock.Text(t).Length)]),
        Gen.Select(Gen.Long[Clock.Earliest, Clock.End - 1], Gen.Int[0, 24], Gen.Char["\0 +-.0123456789:TZaé\uE000\U0001F431"]).Select((t, n, c) => Clock.Text(t)[..n] + c + Clock.Text(t)[(n + 1)..]),
        Gen.String[Gen.Char["0129-:TZ.+ é"], 0, 30]);

    [Test]
    public void The_texts_of_successive_microseconds_ascend() =>
        Gen.Long[Clock.Earliest, Clock.End - 2].Sample(
            t => string.CompareOrdinal(Clock.Text(t), Clock.Text(t + 1)) < 0
                && string.CompareOrdinal(Clock.Text(t / 1_000_000 * 1_000_000), Clock.Text((t / 1_000_000 * 1_000_000) + 1)) < 0,
            iter: 50_000);

    [Test]
    public void The_time_is_the_first_that_sorts_after_any_text() =>
        Gen.Select(AnyTime, Gen.Int[1, 3]).Sample(
            (newest, count) =>
            {
                var bytes = Encoding.UTF8.GetBytes(newest);
                if (!RowTime.TryAfter(Now, bytes, count, out long first))
                {
                    // Then the last time of all does not sort after it, or there is no room for all rows.
                    return !SortsAfter(Clock.End - count, bytes);
                }

                return first >= Now && SortsAfter(first, bytes) && (first == Now || !SortsAfter(first - 1, bytes)) && first <= Clock.End - count;
            },
            iter: 50_000);

    [Test]
    [Arguments("", "2026-11-23T17:39:15+00:00")]
    [Arguments("2026-11-23T17:39:14.999999+00:00", "2026-11-23T17:39:15+00:00")]
    [Arguments("2026-11-23T17:39:15+00:00", "2026-11-23T17:39:15.000001+00:00")]
    [Arguments("2026-11-23T17:39:15Z", "2026-11-23T17:39:16+00:00")]
    [Arguments("2026-11-23T17:39:15.5Z", "2026-11-23T17:39:15.600000+00:00")]
    [Arguments("2026-11-23T17:39:15.999999+00:00", "2026-11-23T17:39:16+00:00")]
    [Arguments("2026-11-23T17:39:15.9Z", "2026-11-23T17:39:16+00:00")]
    [Arguments("2026-11-23T23:59:59Z", "2026-11-24T00:00:00+00:00")]
    [Arguments("2026-11-23T17:39:15+02:00", "2026-11-23T17:39:15.000001+00:00")]
    [Arguments("2999-01-01T00:00:00+00:00", "2999-01-01T00:00:00.000001+00:00")]
    [Arguments("2026-13-45", "2027-01-01T00:00:00+00:00")]
    [Arguments("2026-W48-1", "2027-01-01T00:00:00+00:00")]
    [Arguments("2027", "2027-01-01T00:00:00+00:00")]
    public async Task Times_of_other_spellings_are_overtaken(string newest, string expected)
    {
        await Assert.That(RowTime.TryAfter(Now, Encoding.UTF8.GetBytes(newest), 2, out long first)).IsTrue();
        await Assert.That(Clock.Text(first)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("9999-12-31T23:59:59.999999+00:00")]
    [Arguments("9999-12-31T23:59:59.999998+00:00")]
    [Arguments("9999-12-31T23:59:59Z")]
    [Arguments("z")]
    [Arguments("é")]
    [Arguments("T")]
    public async Task Where_no_time_sorts_after_there_is_none(string newest)
    {
        await Assert.That(RowTime.TryAfter(Now, Encoding.UTF8.GetBytes(newest), 2, out _)).IsFalse();
    }

    [Test]
    public async Task The_last_microseconds_of_all_are_used()
    {
        await Assert.That(RowTime.TryAfter(Clock.End + 1, default, 1, out long late)).IsTrue();
        await Assert.That(RowTime.TryAfter(Now, Encoding.UTF8.GetBytes(Clock.Text(Clock.End - 2)), 1, out long last)).IsTrue();
        await Assert.That(RowTime.TryAfter(Now, Encoding.UTF8.GetBytes(Clock.Text(Clock.End - 3)), 2, out long lastTwo)).IsTrue();
        await Assert.That((late, last, lastTwo)).IsEqualTo((Clock.End - 1, Clock.End - 1, Clock.End - 2));
    }

    private static bool SortsAfter(long time, byte[] newest) => Encoding.UTF8.GetBytes(Clock.Text(time)).AsSpan().SequenceCompareTo(newest) > 0;
}
