using System;
using System.Globalization;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>Times of a log, as far as they can be understood, and spans in words.</summary>
internal static class LogTime
{
    private const int SecondsPerDay = 86_400;

    /// <summary>Microseconds since 1970 of an ISO 8601 time with a zone; null for anything else.</summary>
    public static long? Parse(string? text)
    {
        const string Pattern = "dddd-dd-ddTdd:dd:dd";
        if (text is null || text.Length <= Pattern.Length)
        {
            return null;
        }

        for (int i = 0; i < Pattern.Length; i++)
        {
            if (Pattern[i] == 'd' ? !char.IsAsciiDigit(text[i]) : text[i] != Pattern[i])
            {
                return null;
            }
        }

        int year = Number(text, 0, 4), month = Number(text, 5, 2), day = Number(text, 8, 2);
        int hour = Number(text, 11, 2), minute = Number(text, 14, 2), second = Number(text, 17, 2);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        int at = Pattern.Length;
        long fraction = 0, scale = Clock.MicrosecondsPerSecond;
        if (text[at] == '.')
        {
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            {
                scale /= 10;
                fraction += (text[at] - '0') * scale;
            }
        }

        if (!TryZone(text.AsSpan(at), out int minutes))
        {
            return null;
        }

        long days = (new DateTime(year, month, day).Ticks / TimeSpan.TicksPerDay) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerDay);
        long seconds = (days * SecondsPerDay) + (hour * 3600) + (minute * 60) + second - (minutes * 60L);
        return (seconds * Clock.MicrosecondsPerSecond) + fraction;
    }

    /// <summary><c>2026-04-08 12:00:03</c>, UTC.</summary>
    public static string Show(long microseconds)
    {
        string text = Clock.Text(Math.Clamp(microseconds, Clock.Earliest, Clock.End - 1));
        return string.Concat(text.AsSpan(0, 10), " ", text.AsSpan(11, 8));
    }

    /// <summary>A span in its two largest units: <c>3 d 4 h</c>, <c>12 min</c>, <c>45 s</c>.</summary>
    public static string Span(long seconds)
    {
        seconds = Math.Max(seconds, 0);
        return seconds switch
        {
            < 60 => Text(seconds) + " s",
            < 3600 => Two(seconds / 60, " min", seconds < 600 ? seconds % 60 : 0, " s"),
            < SecondsPerDay => Two(seconds / 3600, " h", seconds / 60 % 60, " min"),
            _ => Two(seconds / SecondsPerDay, " d", seconds / 3600 % 24, " h"),
        };
    }

    private static string Two(long large, string unit, long small, string smallUnit) =>
        small == 0 ? Text(large) + unit : Text(large) + unit + " " + Text(small) + smallUnit;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text, int start, int length)
    {
        int value = 0;
        for (int i = start; i < start + length; i++)
        {
            value = (value * 10) + text[i] - '0';
        }

        return value;
    }

    private static bool TryZone(ReadOnlySpan<char> zone, out int minutes)
    {
        minutes = 0;
        if (zone is "Z")
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':'
            || !int.TryParse(zone[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            || !int.TryParse(zone[4..], NumberStyles.None, CultureInfo.InvariantCulture, out int rest))
        {
            return false;
        }

        minutes = ((hours * 60) + rest) * (zone[0] == '-' ? -1 : 1);
        return true;
    }
}
