using System;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>
/// The time of a new row. Every reader orders rows by the text of <c>at</c>, so the text must sort after every text in the log, whatever
/// the clock says and however other writers spell their times (DESIGN §11).
/// <para>
/// The texts of successive microseconds ascend (the fraction that is left out at 0 does not break that: '+' sorts before '.'), so the
/// first that sorts after a given text, which may be anything, is found by halving.
/// </para>
/// </summary>
internal static class RowTime
{
    /// <summary>The first time, not before <paramref name="now"/>, that and the following ones sort after <paramref name="newest"/>.</summary>
    /// <param name="now">Microseconds since 1970.</param>
    /// <param name="newest">The greatest text so far; may be empty.</param>
    /// <param name="count">How many successive microseconds are needed.</param>
    /// <param name="first">The first of them.</param>
    /// <returns>False where there is no such time: after the last microsecond of the year 9999, or of text like "z".</returns>
    public static bool TryAfter(long now, ReadOnlySpan<byte> newest, int count, out long first)
    {
        first = Math.Clamp(now, Clock.Earliest, Clock.End - 1);
        if (!SortsAfter(first, newest))
        {
            long before = first, after = Clock.End - 1;
            if (!SortsAfter(after, newest))
            {
                return false;
            }

            while (after - before > 1)
            {
                long middle = before + ((after - before) / 2);
                if (SortsAfter(middle, newest))
                {
                    after = middle;
                }
                else
                {
                    before = middle;
                }
            }

            first = after;
        }

        return first <= Clock.End - count;
    }

    private static bool SortsAfter(long time, ReadOnlySpan<byte> newest)
    {
        Span<byte> text = stackalloc byte[Clock.LongestText];
        return text[..Clock.Format(time, text)].SequenceCompareTo(newest) > 0;
    }
}
