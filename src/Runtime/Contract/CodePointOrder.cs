namespace SpecKitty.Contract;

/// <summary>Python's order of strings: by code point. UTF-16 order differs from it above U+FFFF.</summary>
internal static class CodePointOrder
{
    public static int Compare(string a, string b)
    {
        int shared = a.Length < b.Length ? a.Length : b.Length;
        for (int i = 0; i < shared; i++)
        {
            char x = a[i], y = b[i];
            if (x != y)
            {
                // A surrogate stands for a code point above every other UTF-16 unit.
                bool highX = char.IsSurrogate(x), highY = char.IsSurrogate(y);
                return highX != highY ? (highX ? 1 : -1) : x - y;
            }
        }

        return a.Length - b.Length;
    }
}
