using System;
using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>"Did you mean": the word among others that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>The nearest of <paramref name="candidates"/>; null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        string? nearest = null;
        // One slip in four letters, more would be a guess.
        int limit = 1 + (word.Length / 4);
        foreach (string candidate in candidates)
        {
            int distance = Distance(word, candidate);
            if (distance <= limit && distance < candidate.Length)
            {
                (nearest, limit) = (candidate, distance - 1);
            }
        }

        return nearest;
    }

    /// <summary>The same as a sentence behind another one; empty when none is near.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) => Of(word, candidates) is { } meant ? " " + Messages.DidYouMean(meant) : "";

    /// <summary>How many letters have to be put in, left out, changed, or swapped with their neighbour.</summary>
    private static int Distance(string left, string right)
    {
        var costs = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                costs[i, j] = i == 0 || j == 0 ? i + j : Step(left, right, i, j, costs);
            }
        }

        return costs[left.Length, right.Length];
    }

    private static int Step(string left, string right, int i, int j, int[,] costs)
    {
        int change = costs[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        int best = Math.Min(change, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
        bool isSwapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return isSwapped ? Math.Min(best, costs[i - 2, j - 2] + 1) : best;
    }
}
