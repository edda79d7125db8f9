using System;
using System.Text;

namespace SpecKitty.Tools;

/// <summary>Texts of a log or a file on a terminal: nothing in them may move the cursor, change colours or turn the line around, and they have a width.</summary>
internal static class DisplayText
{
    private const char Replacement = '\ufffd';

    /// <summary>The text with every character that does more than appear replaced.</summary>
    public static string Safe(string? text)
    {
        text ??= "";
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            safe.Append(IsHarmful(rune.Value) ? Replacement.ToString() : rune.ToString());
        }

        return safe.ToString();
    }

    /// <summary>Columns that it takes.</summary>
    public static int Width(string text)
    {
        int width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += WidthOf(rune.Value);
        }

        return width;
    }

    /// <summary>The text in exactly <paramref name="width"/> columns: filled up with spaces, or cut with an ellipsis.</summary>
    public static string Fit(string text, int width)
    {
        int there = Width(text);
        if (there <= width)
        {
            return text + new string(' ', width - there);
        }

        var cut = new StringBuilder();
        int used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            int next = WidthOf(rune.Value);
            if (used + next > width - 1)
            {
                break;
            }

            cut.Append(rune.ToString());
            used += next;
        }

        return width <= 0 ? "" : cut.Append('…').Append(' ', width - used - 1).ToString();
    }

    /// <summary>Controls, line separators, and the marks that change the direction of what follows.</summary>
    private static bool IsHarmful(int c) =>
        c is < 0x20 or (>= 0x7F and < 0xA0) or 0x061C or 0x200B or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB);

    /// <summary>Two for East Asian wide characters and emoji, none for marks that combine: the ranges that matter, as wcwidth(3) has them.</summary>
    private static int WidthOf(int c) => c switch
    {
        < 0x300 => 1,
        <= 0x36F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x20D0 and <= 0x20FF) => 0,
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F)
            or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF)
            or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => 1,
    };
}
