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
internal static class Signals
{
    /// <summary>SIGXFSZ.</summary>
    private const int FileSizeExceeded = 25;

    private static bool _isWatching;
    private static int _pending;

    /// <summary>The number of the signal that came, 0 for none.</summary>
    public static int Pending => Volatile.Read(ref _pending);

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

        try
        {
            // A handle keeps them alive. A static field would too, but the runtime makes an object for every class that has one, at every start.
            GCHandle.Alloc(new Watcher());
        }
#pragma warning disable CA1031 // No thread or pipe to be had shows in several types.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Unwatched, a signal ends the call wherever it is. The protocol bears that: it is what SIGKILL does.
        }
    }

    /// <summary>INTERRUPTED if a signal came, else null.</summary>
    public static Failure? Failure() =>
        Pending is not 0 and var signal
            ? new Failure(ErrorCode.Interrupted, Messages.Interrupted(signal.ToString(CultureInfo.InvariantCulture)))
            : null;

    /// <summary>The runtime cannot run managed code in a signal handler; a thread of its own calls back.</summary>
    private sealed class Watcher
    {
        // Held, never read: a registration that is collected is undone.
        private readonly PosixSignalRegistration _terminate, _interrupt, _hangUp;

        public Watcher()
        {
            var note = Note;
            _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, note);
            _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, note);
            _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, note);
        }

        private void Note(PosixSignalContext context)
        {
            context.Cancel = true;
            int number = context.Signal switch
            {
                PosixSignal.SIGTERM => 15,
                PosixSignal.SIGINT => 2,
                _ => 1,
            };
            Interlocked.CompareExchange(ref _pending, number, 0);
        }
    }
}
