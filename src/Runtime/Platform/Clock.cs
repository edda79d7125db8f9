using System;
using System.Text;

namespace SpecKitty.Platform;

/// <summary>Wall time in microseconds since 1970, its text, and time that only goes forward.</summary>
internal static class Clock
{
    public const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>0001-01-01T00:00:00 and the first instant after 9999-12-31: what four digits of year can say.</summary>
    public const long Earliest = -62_135_596_800L * MicrosecondsPerSecond;

    /// <summary>See <see cref="Earliest"/>; itself not to be said.</summary>
    public const long End = 253_402_300_800L * MicrosecondsPerSecond;

    private const int SecondsPerDay = 86_400;

    /// <summary>The longest text: <c>2026-11-23T17:39:15.073820+00:00</c>.</summary>
    public const int LongestText = 32;

    /// <summary>Now, UTC, in microseconds since 1970; a clock beyond what a date can say counts as the first or last one.</summary>
    public static long Utc() => Math.Clamp(Posix.WallMicroseconds(), Earliest, End - 1);

    /// <summary>Milliseconds of a clock that no one sets.</summary>
    public static long MonotonicMilliseconds() => Posix.Time(monotonic: true) / 1_000_000;

    /// <summary>Now as <see cref="Text"/>.</summary>
    public static string UtcNowText() => Text(Utc());

    /// <summary>
    /// Python's <c>datetime.isoformat()</c> of a UTC time: <c>2026-11-23T17:39:15.073820+00:00</c>, the fraction left out when it is 0
    /// (HOST §1.3).
    /// </summary>
    /// <param name="microseconds">Since 1970; from <see cref="Earliest"/> to before <see cref="End"/>.</param>
    public static string Text(long microseconds)
    {
        Span<byte> text = stackalloc byte[LongestText];
        return Encoding.UTF8.GetString(text[..Format(microseconds, text)]);
    }

    /// <summary>The same in ASCII bytes; returns how many, at most <see cref="LongestText"/>.</summary>
    public static int Format(long microseconds, Span<byte> text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(microseconds, Earliest);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(microseconds, End);
        long fromEarliest = microseconds - Earliest;
        int fraction = (int)(fromEarliest % MicrosecondsPerSecond);
        long seconds = fromEarliest / MicrosecondsPerSecond;
        int ofDay = (int)(seconds % SecondsPerDay);
        Civil((int)(seconds / SecondsPerDay), out int year, out int month, out int day);

        int at = 0;
        Put(text, ref at, year, 4, (byte)'-');
        Put(text, ref at, month, 2, (byte)'-');
        Put(text, ref at, day, 2, (byte)'T');
        Put(text, ref at, ofDay / 3600, 2, (byte)':');
        Put(text, ref at, ofDay / 60 % 60, 2, (byte)':');
        Put(text, ref at, ofDay % 60, 2, fraction == 0 ? (byte)'+' : (byte)'.');
        if (fraction != 0)
        {
            Put(text, ref at, fraction, 6, (byte)'+');
        }

        "00:00"u8.CopyTo(text[at..]);
        return at + 5;
    }

    private static void Put(Span<byte> text, ref int at, int value, int digits, byte behind)
    {
        for (int i = at + digits - 1; i >= at; i--)
        {
            text[i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        at += digits;
        text[at++] = behind;
    }

    /// <summary>Day number since 0001-01-01 to the Gregorian date, by counting years from March so that the leap day is the last.</summary>
    private static void Civil(int days, out int year, out int month, out int day)
    {
        const int DaysOf400Years = 146_097, DaysFromMarchOfYear0 = 306;
        int z = days + DaysFromMarchOfYear0;
        int era = z / DaysOf400Years;
        int ofEra = z % DaysOf400Years;
        int yearOfEra = (ofEra - (ofEra / 1460) + (ofEra / 36_524) - (ofEra / 146_096)) / 365;
        int ofYear = ofEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        int shifted = ((5 * ofYear) + 2) / 153;
        day = ofYear - (((153 * shifted) + 2) / 5) + 1;
        month = shifted < 10 ? shifted + 3 : shifted - 9;
        year = yearOfEra + (era * 400) + (month <= 2 ? 1 : 0);
    }
}
