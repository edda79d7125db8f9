using System;

namespace SpecKitty.Contract;

/// <summary>Texts as Python's <c>str.strip</c> sees them: besides what .NET calls white space, U+001C to U+001F are blank too.</summary>
internal static class PythonText
{
    /// <summary>Whether there is nothing but white space.</summary>
    public static bool IsBlank(string? text) => text is null || Trim(text).IsEmpty;

    /// <summary>Without the white space around it; the same instance when there is none.</summary>
    public static string Strip(string text)
    {
        var trimmed = Trim(text);
        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsSpace(char c) => c is >= '\u001c' and <= '\u001f' || char.IsWhiteSpace(c);
}
