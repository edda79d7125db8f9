using System;
using System.Globalization;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Platform;

internal sealed class ClockTests
{
    [Test]
    public void Text_is_what_the_framework_says_for_any_instant() =>
        Gen.Long[Clock.Earliest, Clock.End - 1].Sample(
            micros => Clock.Text(micros) == Expected(micros), iter: 50_000);

    [Test]
    public void Text_is_right_around_every_boundary_of_a_day_and_a_year()
    {
        foreach (int year in (int[])[1, 4, 100, 400, 1600, 1899, 1900, 1904, 1969, 1970, 1999, 2000, 2024, 2026, 2100, 9999])
        {
            foreach (int month in (int[])[1, 2, 3, 12])
            {
                long start = (new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / 10;
                foreach (long micros in (long[])[start, start + 1, start + 28 * 86_400_000_000L - 1, start + 28 * 86_400_000_000L])
                {
                    if (Clock.Text(micros) != Expected(micros))
                    {
                        throw new InvalidOperationException(Clock.Text(micros) + " is not " + Expected(micros));
                    }
                }
            }
        }
    }

    [Test]
    public async Task The_fraction_is_left_out_when_it_is_zero()
    {
        await Assert.That(Clock.Text(1_795_455_555_000_000)).IsEqualTo("2026-11-23T17:39:15+00:00");
        await Assert.That(Clock.Text(1_795_455_555_073_820)).IsEqualTo("2026-11-23T17:39:15.073820+00:00");
        await Assert.That(Clock.Text(Clock.End - 1)).IsEqualTo("9999-12-31T23:59:59.999999+00:00");
        await Assert.That(Clock.Text(Clock.Earliest)).IsEqualTo("0001-01-01T00:00:00+00:00");
    }

    [Test]
    public async Task Now_is_now() =>
        await Assert.That(Math.Abs(Clock.Utc() - (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / 10)).IsLessThan(60_000_000);

    private static string Expected(long micros)
    {
        var time = new DateTime(DateTime.UnixEpoch.Ticks + micros * 10, DateTimeKind.Utc);
        return time.ToString(micros % 1_000_000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
    }
}
