using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>What lists of texts are asked. (The list's own search costs an object per type of list at the start of every call: docs/adr/0014.)</summary>
internal static class TextLists
{
    /// <summary>Whether <paramref name="text"/> is among <paramref name="list"/>, letter by letter.</summary>
    public static bool Has(this List<string> list, string text) => list.PlaceOf(text) >= 0;

    /// <summary>Where <paramref name="text"/> stands first; -1 where it does not.</summary>
    public static int PlaceOf(this List<string> list, string text)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] == text)
            {
                return i;
            }
        }

        return -1;
    }
}
