namespace SpecKitty.Contract;

/// <summary>A text of the user's inside a message: as much of it as tells which one it is.</summary>
internal static class ShortText
{
    private const int Most = 40;

    /// <summary>The text, cut off with an ellipsis where it is longer than 40 UTF-16 units, never within a character.</summary>
    public static string Of(string text) => text.Length <= Most ? text : text[..(char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most)] + "…";
}
