using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>The lock that git takes on an index while it changes it: a file beside it. Other programs, editors above all, take it for moments at a time.</summary>
internal static class IndexLock
{
    private const long Pause = 2_000_000;

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
}
