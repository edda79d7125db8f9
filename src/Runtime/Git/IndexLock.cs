using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>The lock that git takes on an index while it changes it: a file beside it. Other programs, editors above all, take it for moments at a time.</summary>
internal static class IndexLock
{
    private const long Pause = 2_000_000;

    /// <summary>Milliseconds after which a lock that nobody has touched is taken for one of a git that was killed.</summary>
    private const int StaleAfter = 5_000;

    /// <summary>Waits until nobody has the lock; false if somebody has it still.</summary>
    /// <param name="path">Absolute path of the lock file.</param>
    /// <param name="milliseconds">Longest wait.</param>
    /// <param name="deadline">The call's.</param>
    public static bool WaitFree(string path, int milliseconds, Deadline deadline)
    {
        long end = Clock.MonotonicMilliseconds() + milliseconds;
        while (Posix.Stat(path, out _, followLink: false) >= 0)
        {
            if (Clock.MonotonicMilliseconds() >= end || deadline.IsOver)
            {
                return false;
            }

            Posix.Sleep(Pause);
        }

        return true;
    }

    /// <summary>
    /// The same for an index that only calls under the mission's lock change, a coordination worktree's: what stays untouched for as long as a git that lost its caller may
    /// take was left by one that was killed too, and is removed. Never for an index that people work with.
    /// </summary>
    public static bool WaitFreeOrStale(string path, Deadline deadline)
    {
        if (Posix.Stat(path, out var before, followLink: false) < 0 || WaitFree(path, StaleAfter, deadline))
        {
            return true;
        }

        return !deadline.IsOver && Posix.Stat(path, out var after, followLink: false) >= 0 && after.IsSameFileAs(before) && after.Changed == before.Changed
            && Posix.Unlink(path) >= 0;
    }
}
