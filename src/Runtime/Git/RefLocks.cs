using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// Locks of refs that a killed call's git had taken. It may still run: then they go when it is done, which takes moments. If it was killed too they stay, and
/// nobody else holds a ref for as long as <see cref="StaleAfter"/>.
/// </summary>
internal static class RefLocks
{
    /// <summary>Milliseconds.</summary>
    private const int StaleAfter = 5_000;

    private const long Pause = 2_000_000;

    /// <summary>Absolute paths of the locks that a transaction takes; HEAD is taken with the branch that it is at.</summary>
    public static List<string> Of(string commonDirectory, Items<RefMove> moves)
    {
        List<string> locks = [commonDirectory + "/packed-refs.lock", commonDirectory + "/HEAD.lock"];
        foreach (var move in moves)
        {
            locks.Add(commonDirectory + "/" + move.Name + ".lock");
        }

        return locks;
    }

    /// <summary>Waits until none of the locks is there, and removes those that nobody has touched meanwhile.</summary>
    /// <param name="paths">Absolute paths of lock files.</param>
    /// <param name="deadline">The call's.</param>
    public static void Settle(IEnumerable<string> paths, Deadline deadline)
    {
        List<string> found = [];
        List<FileFacts> seen = [];
        foreach (string path in paths)
        {
            if (Posix.Stat(path, out var facts, followLink: false) >= 0)
            {
                found.Add(path);
                seen.Add(facts);
            }
        }

        long end = Clock.MonotonicMilliseconds() + StaleAfter;
        while (found.Count > 0 && Clock.MonotonicMilliseconds() < end && !deadline.IsOver)
        {
            Posix.Sleep(Pause);
            for (int i = found.Count - 1; i >= 0; i--)
            {
                if (!IsThere(found[i], seen[i]))
                {
                    found.RemoveAt(i);
                    seen.RemoveAt(i);
                }
            }
        }

        if (deadline.IsOver)
        {
            return;
        }

        for (int i = 0; i < found.Count; i++)
        {
            if (IsThere(found[i], seen[i]))
            {
                Posix.Unlink(found[i]);
            }
        }
    }

    private static bool IsThere(string path, FileFacts facts) =>
        Posix.Stat(path, out var now, followLink: false) >= 0 && now.IsSameFileAs(facts) && now.Changed == facts.Changed;
}
