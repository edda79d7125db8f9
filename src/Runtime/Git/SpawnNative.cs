using System;
using System.Runtime.InteropServices;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// What starting, feeding and ending a child takes: posix_spawn(3), pipe2(2), poll(2), waitpid(2), kill(2). Methods answer a value that is not
/// negative, or the negated errno.
/// </summary>
internal static unsafe partial class SpawnNative
{
    /// <summary>Bits of <c>posix_spawnattr_setflags</c>; the same in glibc and musl.</summary>
    public const short SetProcessGroup = 0x02, SetSignalDefaults = 0x04, SetSignalMask = 0x08;

    public const int SigTerm = 15, SigKill = 9, SigPipe = 13, SigChild = 17;

    public const short PollIn = 1, PollOut = 4;

    /// <summary>More than either structure takes in glibc (80 and 336 bytes) and musl.</summary>
    public const int OpaqueSize = 1024;

    private const string LibC = "libc";
    private const int SetDescriptorFlags = 4;
    private const int DuplicateCloseOnExec = 1030;
    private const int PidFdOpenNumber = 434;
    private const int NoHang = 1;

    /// <summary>pipe2(2), both ends close-on-exec and none of them 0, 1 or 2, which the child's own are moved to.</summary>
    public static int Pipe(out int readEnd, out int writeEnd)
    {
        int* ends = stackalloc int[2];
        int error = Answer(NativePipe(ends, OpenFlags.CloseOnExec));
        (readEnd, writeEnd) = error < 0 ? (-1, -1) : (ends[0], ends[1]);
        return error < 0 ? error : Math.Min(Raise(ref readEnd), Raise(ref writeEnd));
    }

    /// <summary>Makes this end, and not the child's, answer at once.</summary>
    public static int SetNonBlocking(int descriptor) => Answer(NativeFcntl(descriptor, SetDescriptorFlags, OpenFlags.NonBlocking));

    /// <summary>A descriptor that polls readable once the process has ended; -ENOSYS before Linux 5.3.</summary>
    public static int OpenProcess(int pid) => Answer((int)NativeSyscall(PidFdOpenNumber, pid, 0));

    /// <summary>waitpid(2) without waiting: the process id once it has ended, 0 while it runs.</summary>
    public static int TryReap(int pid, out int status) => Reap(pid, NoHang, out status);

    /// <summary>waitpid(2).</summary>
    public static int Reap(int pid, out int status) => Reap(pid, 0, out status);

    /// <summary>kill(2) of the whole process group that <paramref name="pid"/> leads.</summary>
    public static int KillGroup(int pid, int signal) => Answer(NativeKill(-pid, signal));

    /// <summary>poll(2). -EINTR when a signal came.</summary>
    public static int Poll(Span<PollEntry> entries, int milliseconds)
    {
        fixed (PollEntry* p = entries)
        {
            return Answer(NativePoll(p, (nuint)entries.Length, milliseconds));
        }
    }

    /// <summary>
    /// From now on a write to a pipe that nobody reads answers EPIPE instead of ending this process, and the kernel keeps the exit status of children even if
    /// this process was started with SIGCHLD ignored.
    /// </summary>
    public static void PrepareSignals()
    {
        const nint Ignore = 1, Default = 0;
        _ = NativeSignal(SigPipe, Ignore);
        // struct sigaction is shorter than this everywhere, and begins with the handler.
        nint* action = stackalloc nint[64];
        if (NativeSigAction(SigChild, null, action) == 0 && action[0] == Ignore)
        {
            _ = NativeSignal(SigChild, Default);
        }
    }

    [LibraryImport(LibC, EntryPoint = "posix_spawn")]
    internal static partial int Spawn(int* pid, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int InitActions(void* actions);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int DestroyActions(void* actions);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport(LibC, EntryPoint = "posix_spawn_file_actions_addopen")]
    internal static partial int AddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_init")]
    internal static partial int InitAttributes(void* attributes);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int DestroyAttributes(void* attributes);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SetFlags(void* attributes, short flags);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_setpgroup")]
    internal static partial int SetGroup(void* attributes, int group);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SetDefaults(void* attributes, ulong* signals);

    [LibraryImport(LibC, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SetMask(void* attributes, ulong* signals);

    [LibraryImport(LibC, EntryPoint = "sigemptyset")]
    internal static partial int EmptySet(ulong* signals);

    [LibraryImport(LibC, EntryPoint = "sigfillset")]
    internal static partial int FillSet(ulong* signals);

    [LibraryImport(LibC, EntryPoint = "sigdelset")]
    internal static partial int RemoveFromSet(ulong* signals, int signal);

    [LibraryImport(LibC, EntryPoint = "pipe2", SetLastError = true)]
    private static partial int NativePipe(int* ends, int flags);

    // fcntl and syscall are variadic in C; with integers the call is the same on the Linux ABIs.
    [LibraryImport(LibC, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int NativeFcntl(int descriptor, int command, nint argument);

    [LibraryImport(LibC, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint NativeSyscall(nint number, nint first, nint second);

    [LibraryImport(LibC, EntryPoint = "waitpid", SetLastError = true)]
    private static partial int NativeWait(int pid, int* status, int options);

    [LibraryImport(LibC, EntryPoint = "kill", SetLastError = true)]
    private static partial int NativeKill(int pid, int signal);

    [LibraryImport(LibC, EntryPoint = "poll", SetLastError = true)]
    private static partial int NativePoll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(LibC, EntryPoint = "signal")]
    private static partial nint NativeSignal(int signal, nint handler);

    [LibraryImport(LibC, EntryPoint = "sigaction")]
    private static partial int NativeSigAction(int signal, void* action, void* old);

    private static int Raise(ref int descriptor)
    {
        const int FirstOwn = 3;
        if (descriptor >= FirstOwn)
        {
            return 0;
        }

        int raised = Answer(NativeFcntl(descriptor, DuplicateCloseOnExec, FirstOwn));
        Posix.Close(descriptor);
        descriptor = raised;
        return Math.Min(raised, 0);
    }

    private static int Reap(int pid, int options, out int status)
    {
        int value = 0, result;
        do
        {
            result = Answer(NativeWait(pid, &value, options));
        }
        while (result == -Errno.Interrupted);
        status = value;
        return result;
    }

    private static int Answer(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        /// <summary>A negative one is passed over.</summary>
        public int Descriptor;

        public short Events;

        public short Returned;
    }
}
