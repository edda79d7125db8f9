using System;
using System.Text;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>One line of a task file's activity log: <c>- [2026-04-08T12:00:00Z] actor: note &lt;!-- hist-… --&gt;</c> (HOST §6.7).</summary>
internal static class ActivityLogEntry
{
    private const string IdPrefix = "hist-";

    /// <summary>A fresh id: <c>hist-</c> and 32 lower-case hexadecimal digits.</summary>
    public static string NewId()
    {
        Span<byte> random = stackalloc byte[16];
        Posix.Random(random);
        return IdPrefix + Convert.ToHexStringLower(random);
    }

    /// <summary>The id of a note that is a row: the event id's 128 bits in the same form.</summary>
    public static string IdOf(string eventId)
    {
        Span<byte> bits = stackalloc byte[16];
        return Ulid.TryParse(eventId, out var ulid) && ulid.TryWriteBytes(bits) ? IdPrefix + Convert.ToHexStringLower(bits) : NewId();
    }

    /// <summary>The line without its end. The id stands last, behind whatever the note holds, so that no note can close or forge it.</summary>
    /// <param name="utc">When, in microseconds since 1970.</param>
    /// <param name="actor">Who; line breaks become spaces.</param>
    /// <param name="note">What; line breaks become spaces.</param>
    /// <param name="id">What the entry is found by.</param>
    public static string Line(long utc, string actor, string note, string id) => $"{Text(utc, actor, note)} <!-- {id} -->";

    /// <summary>The line as an annotation row has it: without the id.</summary>
    public static string Text(long utc, string actor, string note) => $"- [{Second(utc)}] {Fold(actor)}: {Fold(note)}";

    /// <summary>
    /// CR, LF, VT, FF, U+0085, U+2028 and U+2029 as spaces: whatever anybody takes for the end of a line, so that a note cannot forge structure (DESIGN §11).
    /// CR LF is one space.
    /// </summary>
    public static string Fold(string text)
    {
        if (text.AsSpan().IndexOfAny(LineBreaks) < 0)
        {
            return text;
        }

        var folded = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isBreak = LineBreaks.Contains(text[i]);
            if (isBreak && text[i] == '\n' && i > 0 && text[i - 1] == '\r')
            {
                continue;
            }

            folded.Append(isBreak ? ' ' : text[i]);
        }

        return folded.ToString();
    }

    private static ReadOnlySpan<char> LineBreaks => "\r\n\v\f\u0085\u2028\u2029";

    /// <summary>A time to the second with Z.</summary>
    private static string Second(long utc)
    {
        const int LengthToTheSecond = 19;
        return Clock.Text(utc)[..LengthToTheSecond] + "Z";
    }
}
