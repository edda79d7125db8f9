using System;
using System.Globalization;
using SpecKitty.Contract;

namespace SpecKitty.Platform;

/// <summary>
/// An exclusive flock(2) on a file of its own, the kind of lock the Python host takes on the same file (HOST §1.11). The kernel
/// releases it with the process, so a killed call leaves no stale lock; the file stays.
/// </summary>
internal sealed class FileLock : IDisposable
{
    /// <summary>Milliseconds after which a waiter that was interrupted first looks again: a signal is noted by a thread of its own, a moment later.</summary>
    private const int LookAgain = 10;

    /// <summary>Nanoseconds between tries where the kernel's queue cannot be used.</summary>
    private const long FirstPause = 50_000, LongestPause = 2_000_000;

    private int _descriptor;

    private FileLock(int descriptor) => _descriptor = descriptor;

    /// <summary>The open file that has the lock. A child that inherits it keeps the lock for as long as it runs, even if this process is killed.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Takes the lock, waiting at most <paramref name="timeout"/> and never beyond the deadline.</summary>
    /// <param name="path">Absolute path of the lock file; it and its directories are made if missing.</param>
    /// <param name="mission">Whom the lock belongs to, for the message.</param>
    /// <param name="timeout">Milliseconds.</param>
    /// <param name="deadline">The call's.</param>
    public static Result<FileLock> Acquire(string path, string mission, int timeout, Deadline deadline)
    {
        long end = Clock.MonotonicMilliseconds() + timeout;
        while (true)
        {
            int descriptor = OpenLockFile(path);
            if (descriptor < 0)
            {
                return FileErrors.ToFailure("open the lock", path, descriptor);
            }

            int error = Posix.TryLock(descriptor);
            if (error == -Errno.TryAgain && (error = Wait(descriptor, end, deadline)) == -Errno.TryAgain)
            {
                Posix.Close(descriptor);
                return Signals.Failure()
                    ?? (Clock.MonotonicMilliseconds() >= end ? TimedOut(path, mission, timeout) : deadline.Exceeded("waiting for the status lock"));
            }

            if (error >= 0)
            {
                error = Posix.Stat(descriptor, out var facts);
                if (error >= 0 && facts.Links > 0)
                {
                    return new FileLock(descriptor);
                }
            }

            Posix.Close(descriptor);
            if (error < 0)
            {
                return FileErrors.ToFailure("lock", path, error);
            }

            // Someone deleted the file while we waited: others already lock its successor. So must we.
            if (deadline.IsOver)
            {
                return deadline.Exceeded("waiting for the status lock");
            }
        }
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            // Closing the only descriptor of the open file releases the lock.
            Posix.Close(_descriptor);
            _descriptor = -1;
        }
    }

    /// <summary>
    /// Waits in the kernel's queue, where who came first gets it first, whichever host it is, with an alarm to leave it by.
    /// </summary>
    /// <returns>As <see cref="Posix.TryLock"/>; -EAGAIN when the time is over or a signal has come.</returns>
    private static int Wait(int descriptor, long end, Deadline deadline)
    {
        using var alarm = Clock.MonotonicMilliseconds() < end ? Alarm.Create() : null;
        long look = long.MaxValue;
        long pause = FirstPause;
        while (Signals.Pending == 0 && Math.Min(end - Clock.MonotonicMilliseconds(), deadline.Remaining) is > 0 and var left)
        {
            int error;
            if (alarm is not null)
            {
                // Who is woken goes to the end of the queue, so only the end of the time and signals wake.
                alarm.Set(Math.Min(left, look) * 1_000_000);
                error = Posix.Lock(descriptor);
                look = look == long.MaxValue ? LookAgain : look * 2;
            }
            else
            {
                Posix.Sleep(pause);
                pause = Math.Min(pause * 2, LongestPause);
                error = Posix.TryLock(descriptor);
            }

            if (error is not -Errno.Interrupted and not -Errno.TryAgain)
            {
                return error;
            }
        }

        return -Errno.TryAgain;
    }

    private static int OpenLockFile(string path)
    {
        // A link in the lock's place could lead anywhere; whoever follows it locks another file than the others.
        int flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.NonBlocking | OpenFlags.NoFollow;
        int descriptor = Posix.Open(path, flags, mode: 0x1B6);
        if (descriptor == -Errno.NoEntry && Directories.Make(path[..path.LastIndexOf('/')]) >= 0)
        {
            descriptor = Posix.Open(path, flags, mode: 0x1B6);
        }

        return descriptor;
    }

    private static Failure TimedOut(string path, string mission, int timeout) =>
        new(ErrorCode.LockTimeout, Messages.LockTimeout(mission, timeout.ToString(CultureInfo.InvariantCulture), path));
}
