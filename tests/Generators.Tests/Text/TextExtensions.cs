using System;

namespace SpecKitty.Generators.Tests.Text;

/// <summary>What tests ask of random texts.</summary>
internal static class TextExtensions
{
    /// <summary>Whether every surrogate has its other half.</summary>
    public static bool IsWellFormed(this string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text without what would be a placeholder.</summary>
    public static string WithoutBraces(this string text) => text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
}
