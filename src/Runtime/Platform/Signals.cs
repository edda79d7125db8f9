using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading;
using SpecKitty.Contract;

namespace SpecKitty.Platform;

/// <summary>
/// SIGTERM, SIGINT and SIGHUP during a mutation: noted, not obeyed at once. Mutations ask at points where giving up leaves nothing
/// behind; who asks too late finishes (DESIGN §11). Reads do not watch: the kernel ends them, with the right status and no harm.
/// </summary>
internal static unsafe partial class Signals
{
    // SIGHUP, SIGINT, SIGTERM and SIGXFSZ, the same on every architecture that we build for.
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    /// <summary>SIGXFSZ.</summary>
    public const int FileSizeExceeded = 25;

    /// <summary>SIGTERM, SIGINT, SIGHUP.</summary>
    public static ReadOnlySpan<int> Watched => [Terminate, Interrupt, HangUp];

    private static bool _isWatching;
    private static bool _isKept;
    private static int _pending;

    /// <summary>The number of the first signal that came and was seen, 0 for none.</summary>
    public static int Pending
    {
        get
        {
            if (_isKept && _pending == 0)
            {
                _pending = NativeKept();
            }

            return Volatile.Read(ref _pending);
        }
    }

    /// <summary>Starts noting. To be called by mutations before they change anything; further calls do nothing.</summary>
    public static void Watch()
    {
        if (_isWatching)
        {
            return;
        }

        _isWatching = true;

        // A write beyond `ulimit -f` must fail with EFBIG, not end the process in the middle of it.
        Posix.IgnoreSignal(FileSizeExceeded);

        _isKept = Keep();
        if (!_isKept)
        {
            WatchByThread();
        }
    }

    /// <summary>INTERRUPTED if a signal came, else null.</summary>
    public static Failure? Failure() =>
        Pending is not 0 and var signal
            ? new Failure(ErrorCode.Interrupted, Messages.Interrupted(signal.ToString(CultureInfo.InvariantCulture)))
            : null;

    /// <summary>Has the signals noted by their handler. False where that cannot be.</summary>
    /// <remarks>
    /// No managed code can run in a handler, and the runtime's own way is a thread, half a millisecond of every mutation (docs/adr/0017). pthread_setconcurrency(3) is native, takes a number
    /// and, says POSIX, keeps it for pthread_getconcurrency(3); there is nothing else that it does, where a thread is a thread of the kernel's.
    /// </remarks>
    private static bool Keep()
    {
        // A statically linked executable has no symbols to look it up by, and musl keeps nothing.
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "pthread_setconcurrency", out nint handler) || NativeKeep(Terminate) != 0 || NativeKept() != Terminate)
        {
            return false;
        }

        _ = NativeKeep(0);
        foreach (int signal in Watched)
        {
            Posix.Handle(signal, handler);
        }

        return true;
    }

    private static void WatchByThread()
    {
        // Unwatched, a signal ends the call wherever it is. The protocol bears that: it is what SIGKILL does.
        if (NativeInitialize() != 0)
        {
            NativeSetHandler(&Note);
            NativeEnable(Terminate);
            NativeEnable(Interrupt);
            NativeEnable(HangUp);
        }
    }

    /// <summary>Called on the runtime's own signal thread: no managed code can run in a signal handler.</summary>
    /// <returns>1: the signal is dealt with.</returns>
    [UnmanagedCallersOnly]
    private static int Note(int number, int code)
    {
        Interlocked.CompareExchange(ref _pending, number, 0);
        return 1;
    }

    [LibraryImport("libc", EntryPoint = "pthread_setconcurrency")]
    private static partial int NativeKeep(int number);

    [LibraryImport("libc", EntryPoint = "pthread_getconcurrency")]
    private static partial int NativeKept();

    // What PosixSignalRegistration stands on. That itself brings in the thread pool: 90 KB, and 50,000 instructions at the start of every call.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_InitializeTerminalAndSignalHandling")]
    private static partial int NativeInitialize();

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_SetPosixSignalHandler")]
    private static partial void NativeSetHandler(delegate* unmanaged<int, int, int> handler);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_EnablePosixSignalHandling")]
    private static partial void NativeEnable(int number);
}
