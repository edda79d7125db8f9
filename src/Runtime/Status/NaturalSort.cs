namespace SpecKitty.Status;

/// <summary>
/// Sorts numbers of things, by merging the runs that are in order already: what it is used for mostly is. Not the framework's sort,
/// whose generic machinery every call of the program would pay for at its start, for each type that it is used with.
/// </summary>
internal abstract class NaturalSort
{
    /// <summary>Negative when thing number <paramref name="a"/> stands before <paramref name="b"/>.</summary>
    protected abstract int Compare(int a, int b);

    /// <summary>Puts the numbers in order; equals keep theirs.</summary>
    protected void Sort(int[] order)
    {
        int[] from = order, to = new int[order.Length];
        int runs;
        do
        {
            runs = 0;
            for (int at = 0; at < from.Length; runs++)
            {
                int middle = RunEnd(from, at);
                int end = middle < from.Length ? RunEnd(from, middle) : middle;
                Merge(from, to, at, middle, end);
                at = end;
            }

            (from, to) = (to, from);
        }
        while (runs > 1);

        if (from != order)
        {
            from.CopyTo(order, 0);
        }
    }

    private int RunEnd(int[] order, int start)
    {
        int end = start + 1;
        while (end < order.Length && Compare(order[end - 1], order[end]) <= 0)
        {
            end++;
        }

        return end;
    }

    private void Merge(int[] from, int[] to, int start, int middle, int end)
    {
        int left = start, right = middle;
        for (int i = start; i < end; i++)
        {
            bool takeLeft = right == end || (left < middle && Compare(from[left], from[right]) <= 0);
            to[i] = from[takeLeft ? left++ : right++];
        }
    }
}
