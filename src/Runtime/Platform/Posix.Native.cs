using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <content>The imports: pointers and integers only, so that nothing is marshalled; bound at link time (DirectPInvoke).</content>
internal static unsafe partial class Posix
{
    private const string LibC = "libc";

    // openat, fcntl and syscall are variadic in C; with integers and pointers the call is the same on the Linux ABIs.
    [LibraryImport(LibC, EntryPoint = "openat", SetLastError = true)]
    private static partial int NativeOpenAt(int directory, byte* path, int flags, uint mode);

    [LibraryImport(LibC, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint NativeSyscall(nint number, nint directory, byte* path, OpenHow* how, nuint size);

    [LibraryImport(LibC, EntryPoint = "close", SetLastError = true)]
    private static partial int NativeClose(int descriptor);

    [LibraryImport(LibC, EntryPoint = "read", SetLastError = true)]
    private static partial nint NativeRead(int descriptor, byte* buffer, nuint count);

    [LibraryImport(LibC, EntryPoint = "pread", SetLastError = true)]
    private static partial nint NativePRead(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(LibC, EntryPoint = "write", SetLastError = true)]
    private static partial nint NativeWrite(int descriptor, byte* buffer, nuint count);

    [LibraryImport(LibC, EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint NativePWrite(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(LibC, EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int NativeFTruncate(int descriptor, long length);

    [LibraryImport(LibC, EntryPoint = "fsync", SetLastError = true)]
    private static partial int NativeFSync(int descriptor);

    [LibraryImport(LibC, EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int NativeFDataSync(int descriptor);

    [LibraryImport(LibC, EntryPoint = "flock", SetLastError = true)]
    private static partial int NativeFLock(int descriptor, int operation);

    [LibraryImport(LibC, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int NativeFCntl(int descriptor, int command, FileRange* range);

    [LibraryImport(LibC, EntryPoint = "renameat", SetLastError = true)]
    private static partial int NativeRenameAt(int fromDirectory, byte* from, int toDirectory, byte* to);

    [LibraryImport(LibC, EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int NativeUnlinkAt(int directory, byte* path, int flags);

    [LibraryImport(LibC, EntryPoint = "linkat", SetLastError = true)]
    private static partial int NativeLinkAt(int fromDirectory, byte* from, int toDirectory, byte* to, int flags);

    [LibraryImport(LibC, EntryPoint = "mkdir", SetLastError = true)]
    private static partial int NativeMkDir(byte* path, uint mode);

    [LibraryImport(LibC, EntryPoint = "fchmod", SetLastError = true)]
    private static partial int NativeFChMod(int descriptor, uint mode);

    [LibraryImport(LibC, EntryPoint = "futimens", SetLastError = true)]
    private static partial int NativeFUTimens(int descriptor, TimeSpec* times);

    [LibraryImport(LibC, EntryPoint = "statx", SetLastError = true)]
    private static partial int NativeStatX(int directory, byte* path, int flags, uint mask, FileFacts* facts);

    [LibraryImport(LibC, EntryPoint = "realpath", SetLastError = true)]
    private static partial byte* NativeRealPath(byte* path, byte* resolved);

    [LibraryImport(LibC, EntryPoint = "getrandom", SetLastError = true)]
    private static partial nint NativeGetRandom(byte* buffer, nuint count, uint flags);

    [LibraryImport(LibC, EntryPoint = "nanosleep", SetLastError = true)]
    private static partial int NativeNanoSleep(TimeSpec* time, TimeSpec* remaining);

    [LibraryImport(LibC, EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int NativeClockGetTime(int clock, TimeSpec* time);

    [LibraryImport(LibC, EntryPoint = "signal")]
    private static partial nint NativeSignal(int signal, nint handler);

    [LibraryImport(LibC, EntryPoint = "poll", SetLastError = true)]
    private static partial int NativePoll(PollEntry* entries, nuint count, int milliseconds);
}
