using System;
using System.Text;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>What changed between two short texts, line by line; what stayed is left out.</summary>
internal static class LineDifference
{
    internal static string Between(string older, string newer, string indent)
    {
        var was = older.Split('\n');
        var now = newer.Split('\n');
        var common = CommonLengths(was, now);
        var text = new StringBuilder();
        var skipped = false;
        for (int i = 0, j = 0; i < was.Length || j < now.Length;)
        {
            if (i < was.Length && j < now.Length && was[i] == now[j])
            {
                skipped = true;
                i++;
                j++;
                continue;
            }

            if (skipped)
            {
                text.Append(indent).Append("…\n");
                skipped = false;
            }

            if (j == now.Length || (i < was.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                text.Append(indent).Append("- ").Append(was[i++]).Append('\n');
            }
            else
            {
                text.Append(indent).Append("+ ").Append(now[j++]).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>How many lines of the rests from (i, j) on can be kept.</summary>
    private static int[,] CommonLengths(string[] was, string[] now)
    {
        var lengths = new int[was.Length + 1, now.Length + 1];
        for (var i = was.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = was[i] == now[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }
}
