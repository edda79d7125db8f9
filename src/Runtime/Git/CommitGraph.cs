using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>
/// How commits descend from one another, read as far as a question needs through one <see cref="ObjectReader"/>. Where history is cut off (a shallow clone),
/// or goes on for too long, git is asked, at the price of a process.
/// </summary>
internal sealed class CommitGraph
{
    /// <summary>Commits read for one question before git is asked instead.</summary>
    private const int MostRead = 20_000;

    private const int OfFirst = 1, OfSecond = 2, OfBoth = OfFirst | OfSecond, Stale = 4, Result = 8;

    private readonly ObjectReader _objects;
    private readonly GitRunner _git;
    private readonly bool _isShallow;
    private readonly Dictionary<string, CommitObject> _known = new(StringComparer.Ordinal);

    /// <param name="objects">Where commits are read.</param>
    /// <param name="git">Whom to ask otherwise.</param>
    /// <param name="isShallow">Whether the parents that commits name need not be there.</param>
    public CommitGraph(ObjectReader objects, GitRunner git, bool isShallow)
    {
        _objects = objects;
        _git = git;
        _isShallow = isShallow;
    }

    /// <summary>A commit.</summary>
    public Result<CommitObject> Read(string id)
    {
        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        if (!_objects.Read(id, GitObject.Commit).Try(out var found, out var failure))
        {
            return failure;
        }

        return _known[id] = CommitObject.Parse(found.Content);
    }

    /// <summary>Whether <paramref name="ancestor"/> is <paramref name="commit"/> or an ancestor of it.</summary>
    public Result<bool> IsAncestor(string ancestor, string commit)
    {
        if (!MergeBases(ancestor, commit).Try(out var bases, out var failure))
        {
            return failure;
        }

        return bases.Count == 1 && bases[0] == ancestor;
    }

    /// <summary>The best common ancestors of two commits: none, one, or several where histories cross.</summary>
    public Result<List<string>> MergeBases(string first, string second)
    {
        if (first == second)
        {
            return new List<string> { first };
        }

        if (!_isShallow)
        {
            var found = Paint(first, second, out bool isSure);
            if (isSure || found.Failure is not null)
            {
                return found;
            }
        }

        if (!_git.Run("merge-base", "--all", first, second).Try(out var outcome, out var failure))
        {
            return failure;
        }

        // Status 1: they have nothing in common.
        if (!outcome.IsSuccess && outcome.ExitStatus != 1)
        {
            return outcome.ToFailure();
        }

        return new List<string>(outcome.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// Both histories downwards, newest first, until only ancestors of what was found are left. More than one answer may still hold ancestors of one another
    /// where clocks went wrong: then git decides. One answer, or none, is exact: whatever is not an ancestor of it has been looked at.
    /// </summary>
    private Result<List<string>> Paint(string first, string second, out bool isSure)
    {
        isSure = false;
        var flags = new Dictionary<string, int>(StringComparer.Ordinal) { [first] = OfFirst, [second] = OfSecond };
        var queue = new PriorityQueue<string, long>();
        foreach (string tip in (ReadOnlySpan<string>)[first, second])
        {
            if (!Read(tip).Try(out var commit, out var failure))
            {
                return failure;
            }

            queue.Enqueue(tip, -commit.CommitTime);
        }

        var results = new List<string>();
        while (HasFresh(queue, flags))
        {
            string id = queue.Dequeue();
            int flag = flags[id];
            if (!Read(id).Try(out var commit, out var failure))
            {
                return failure;
            }

            int passed = flag & (OfBoth | Stale);
            if ((flag & (OfBoth | Stale)) == OfBoth)
            {
                if ((flag & Result) == 0)
                {
                    flags[id] = flag | Result;
                    results.Add(id);
                }

                passed |= Stale;
            }

            foreach (string parent in commit.Parents)
            {
                int old = flags.GetValueOrDefault(parent);
                if ((old & passed) == passed)
                {
                    continue;
                }

                if (!Read(parent).Try(out var above, out failure))
                {
                    return failure;
                }

                flags[parent] = old | passed;
                queue.Enqueue(parent, -above.CommitTime);
                if (flags.Count > MostRead)
                {
                    return new List<string>();
                }
            }
        }

        results.RemoveAll(id => (flags[id] & Stale) != 0);
        isSure = results.Count < 2;
        return results;
    }

    /// <summary>Whether a queued commit is not known to be below an answer. The queue is as wide as history is there: a few commits.</summary>
    private static bool HasFresh(PriorityQueue<string, long> queue, Dictionary<string, int> flags)
    {
        foreach (var (id, _) in queue.UnorderedItems)
        {
            if ((flags[id] & Stale) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
