using System;

namespace SpecKitty.Contract;

/// <summary>What lists of objects end as. Not members of the list: an array's type, with its static bases, is made only for those that are asked for one.</summary>
internal static class ItemLists
{
    /// <summary>A text of each.</summary>
    public static string[] Texts<T>(this Items<T> list, Func<T, string> of)
        where T : class
    {
        string[] texts = new string[list.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = of(list[i]);
        }

        return texts;
    }

    /// <summary>A copy as an array, for payloads.</summary>
    public static T[] ToArray<T>(this Items<T> list)
        where T : class
    {
        var copy = new T[list.Count];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = list[i];
        }

        return copy;
    }
}
