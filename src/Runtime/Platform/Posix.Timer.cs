using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <content>Timers that interrupt one thread.</content>
internal static unsafe partial class Posix
{
    /// <summary>
    /// signal(2) with a native handler, for a signal that ends waiting system calls instead of starting them again; also lets this
    /// thread have it, whatever mask the process inherited.
    /// </summary>
    public static int Watch(int signal, nint handler)
    {
        const nint Failed = -1;
        const int Unblock = 1;
        var set = new SignalSet { First = 1UL << (signal - 1) };
        return NativeSignal(signal, handler) != Failed && NativeSigInterrupt(signal, 1) == 0 ? -NativeSignalMask(Unblock, &set, null) : -Errno.InvalidArgument;
    }

    /// <summary>siginterrupt(3): whether a signal that has a handler ends waiting system calls.</summary>
    public static void Interrupts(int signal, bool interrupts) => _ = NativeSigInterrupt(signal, interrupts ? 1 : 0);

    /// <summary>timer_create(2) for the calling thread, on the clock that no one sets.</summary>
    public static int CreateTimer(int signal, out nint timer)
    {
        const int Monotonic = 1, ThisThread = 4;
        var what = new SignalEvent { Signal = signal, Notify = ThisThread, Thread = NativeGetTid() };
        fixed (nint* t = &timer)
        {
            return Answer(NativeTimerCreate(Monotonic, &what, t));
        }
    }

    /// <summary>timer_settime(2).</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="nanoseconds">To the first time; 0 stops it.</param>
    /// <param name="interval">Between further times.</param>
    public static int SetTimer(nint timer, long nanoseconds, long interval)
    {
        const long Second = 1_000_000_000;
        var times = stackalloc TimeSpec[2];
        times[0] = new TimeSpec { Seconds = interval / Second, Nanoseconds = interval % Second };
        times[1] = new TimeSpec { Seconds = nanoseconds / Second, Nanoseconds = nanoseconds % Second };
        return Answer(NativeTimerSetTime(timer, 0, times, null));
    }

    public static int DeleteTimer(nint timer) => Answer(NativeTimerDelete(timer));

    [LibraryImport(LibC, EntryPoint = "siginterrupt")]
    private static partial int NativeSigInterrupt(int signal, int interrupts);

    [LibraryImport(LibC, EntryPoint = "pthread_sigmask")]
    private static partial int NativeSignalMask(int how, SignalSet* set, SignalSet* old);

    [LibraryImport(LibC, EntryPoint = "gettid")]
    private static partial int NativeGetTid();

    [LibraryImport(LibC, EntryPoint = "timer_create", SetLastError = true)]
    private static partial int NativeTimerCreate(int clock, SignalEvent* what, nint* timer);

    [LibraryImport(LibC, EntryPoint = "timer_settime", SetLastError = true)]
    private static partial int NativeTimerSetTime(nint timer, int flags, TimeSpec* times, TimeSpec* old);

    [LibraryImport(LibC, EntryPoint = "timer_delete", SetLastError = true)]
    private static partial int NativeTimerDelete(nint timer);

    /// <summary>sigset_t.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct SignalSet
    {
        public ulong First;
    }

    /// <summary>struct sigevent.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct SignalEvent
    {
        public nint Value;
        public int Signal;
        public int Notify;
        public int Thread;
    }
}
