using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace SpecKitty.Contract;

/// <summary>Looks for texts that seem to hold a secret, in every value at every depth, known keys or not (HOST §8, step 8).</summary>
internal static class SecretScan
{
    /// <summary>
    /// Where the first one is, depth first in document order: <c>field</c>, <c>field[0]</c>, <c>field.sub[1].x</c>; null when there is none.
    /// Keys and numbers are not looked at. Of equal keys the last has the value and the first has the place, as in Python.
    /// </summary>
    public static string? Find(JsonElement value, ReadOnlySpan<string> patterns) => Find(value, "", patterns);

    private static string? Find(JsonElement value, string path, ReadOnlySpan<string> patterns)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return Matches(value.GetString()!, patterns) ? path : null;
            case JsonValueKind.Array:
                int index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    if (IsWorthwhile(item) && Find(item, $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", patterns) is { } found)
                    {
                        return found;
                    }

                    index++;
                }

                return null;
            case JsonValueKind.Object:
                foreach (var (name, member) in Members(value))
                {
                    if (IsWorthwhile(member) && Find(member, path.Length == 0 ? name : $"{path}.{name}", patterns) is { } found)
                    {
                        return found;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    /// <summary>Whether there can be a text in it; numbers and the like need no path.</summary>
    private static bool IsWorthwhile(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object;

    private static List<KeyValuePair<string, JsonElement>> Members(JsonElement value)
    {
        int count = value.GetPropertyCount();
        var members = new List<KeyValuePair<string, JsonElement>>(count);
        var places = new Dictionary<string, int>(count, StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (places.TryAdd(member.Name, members.Count))
            {
                members.Add(new(member.Name, member.Value));
            }
            else
            {
                members[places[member.Name]] = new(member.Name, member.Value);
            }
        }

        return members;
    }

    private static bool Matches(string text, ReadOnlySpan<string> patterns)
    {
        for (int start = 0; start < text.Length; start++)
        {
            foreach (string pattern in patterns)
            {
                if (Matches(text.AsSpan(start), pattern))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Matches(ReadOnlySpan<char> text, string pattern)
    {
        if (text.Length < pattern.Length)
        {
            return false;
        }

        for (int i = 0; i < pattern.Length; i++)
        {
            if (Fold(text[i]) != pattern[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lower case, and what Python's IGNORECASE takes for an ASCII letter besides: dotted and dotless i, long s, the kelvin sign.</summary>
    private static char Fold(char c) => c switch
    {
        >= 'A' and <= 'Z' => (char)(c | 0x20),
        '\u0130' or '\u0131' => 'i',
        '\u017f' => 's',
        '\u212a' => 'k',
        _ => c,
    };
}
