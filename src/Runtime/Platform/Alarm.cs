using System;
using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <summary>
/// Ends a system call in which this thread waits, with EINTR, once its time is over or somebody asks the process to stop: a timer whose signal has a handler that does nothing. flock(2)
/// has no time limit of its own, and who polls instead stands in no queue.
/// </summary>
internal sealed unsafe class Alarm : IDisposable
{
    /// <summary>SIGALRM.</summary>
    private const int Signal = 14;

    /// <summary>If it rings just before the call that it is to end, it rings again.</summary>
    private const long Again = 20_000_000;

    private readonly nint _timer;

    private Alarm(nint timer)
    {
        _timer = timer;
        Interrupt(true);
    }

    /// <summary>A timer for the calling thread, which alone may use it; null where there is none to be had.</summary>
    public static Alarm? Create()
    {
        // The handler has to be native code: one of the few functions of libc that a handler may call, and that do nothing. A statically linked
        // executable has no symbols to look it up by.
        return NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "getpid", out nint handler)
            && Posix.Watch(Signal, handler) >= 0 && Posix.CreateTimer(Signal, out nint timer) >= 0
                ? new Alarm(timer)
                : null;
    }

    /// <summary>Lets it ring.</summary>
    /// <param name="nanoseconds">From now; more than 0.</param>
    public void Set(long nanoseconds) => Posix.SetTimer(_timer, nanoseconds, Again);

    public void Dispose()
    {
        Posix.DeleteTimer(_timer);
        Interrupt(false);
    }

    /// <summary>The signals that ask a call to stop have to end the wait too, while there is an alarm; at other times nothing need bear it.</summary>
    private static void Interrupt(bool interrupts)
    {
        foreach (int signal in Signals.Watched)
        {
            Posix.Interrupts(signal, interrupts);
        }
    }
}
