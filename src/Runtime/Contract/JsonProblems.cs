using System;
using System.Text.Json;

namespace SpecKitty.Contract;

/// <summary>What is wrong with JSON that somebody gave, in words that do not repeat its content.</summary>
internal static class JsonProblems
{
    /// <summary>Text that holds half of a surrogate pair: no file or row can carry it.</summary>
    public const string NotUnicode = "a string is not valid Unicode";

    /// <summary>Where a parser gave up. The parser's own sentence may quote the input, so it is not passed on.</summary>
    public static string Describe(JsonException problem) =>
        $"line {(problem.LineNumber ?? 0) + 1} column {(problem.BytePositionInLine ?? 0) + 1}";

    /// <summary>Whether some string in <paramref name="element"/>, or a key, is not valid Unicode.</summary>
    public static bool HasLoneSurrogate(JsonElement element)
    {
        return IsBroken(element.GetRawText());
    }

    /// <summary>Looks at the escapes of raw JSON text: a high half must be followed by a low one, a low one must follow a high one.</summary>
    private static bool IsBroken(ReadOnlySpan<char> raw)
    {
        bool high = false;
        for (int i = 0; i < raw.Length; i++)
        {
            int unit = -1;
            if (raw[i] == '\\' && i + 1 < raw.Length)
            {
                i++;
                if (raw[i] == 'u' && i + 4 < raw.Length)
                {
                    unit = int.Parse(raw.Slice(i + 1, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
                    i += 4;
                }
            }
            else if (char.IsSurrogate(raw[i]))
            {
                unit = raw[i];
            }

            bool low = unit is >= 0xDC00 and <= 0xDFFF;
            if (low != high)
            {
                return true;
            }

            high = unit is >= 0xD800 and <= 0xDBFF;
        }

        return high;
    }
}
