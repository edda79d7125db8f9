using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace SpecKitty.Platform;

/// <summary>
/// The system calls this program makes. Every method answers as the kernel does: a value that is not negative, or the negated
/// errno. EINTR never comes out, except from waits (<see cref="Sleep"/>, <see cref="Poll"/>, <see cref="Lock"/>) whose caller wants to know of a signal.
/// Every descriptor is close-on-exec.
/// </summary>
[SkipLocalsInit]
internal static unsafe partial class Posix
{
    /// <summary>Stands for "relative to the working directory" where a directory's descriptor is asked for.</summary>
    public const int WorkingDirectory = -100;

    /// <summary>PATH_MAX with its NUL: a longer path fails in the kernel too.</summary>
    private const int MaxPath = 4096;

    private const int EmptyPathFlag = 0x1000;
    private const int SymlinkNoFollowFlag = 0x100;
    private const uint BasicStats = 0x7FF;
    private const int OpenAt2Number = 437;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;

    /// <summary>openat(2). <paramref name="mode"/> applies only with <see cref="OpenFlags.Create"/>.</summary>
    public static int Open(string path, int flags, uint mode = 0, int directory = WorkingDirectory)
    {
        Span<byte> scratch = stackalloc byte[ScratchFor(path)];
        if (!Encode(path, scratch, out int refused))
        {
            return refused;
        }

        fixed (byte* p = scratch)
        {
            int result;
            do
            {
                result = Answer(NativeOpenAt(directory, p, flags | OpenFlags.CloseOnExec, mode));
            }
            while (result == -Errno.Interrupted);
            return result;
        }
    }

    /// <summary>openat2(2) with RESOLVE_BENEATH: no part of the path, links included, may lead out of <paramref name="directory"/> (-EXDEV).</summary>
    public static int OpenBeneath(int directory, string path, int flags, uint mode = 0, bool followLinks = true)
    {
        const ulong NoMagicLinks = 0x02, NoSymlinks = 0x04, Beneath = 0x08;
        Span<byte> scratch = stackalloc byte[ScratchFor(path)];
        if (!Encode(path, scratch, out int refused))
        {
            return refused;
        }

        var how = new OpenHow
        {
            Flags = (ulong)(uint)(flags | OpenFlags.CloseOnExec),
            // The kernel refuses a mode where nothing is created.
            Mode = (flags & OpenFlags.Create) != 0 ? mode : 0,
            Resolve = Beneath | NoMagicLinks | (followLinks ? 0 : NoSymlinks),
        };
        fixed (byte* p = scratch)
        {
            int result;
            do
            {
                // -EAGAIN: a rename elsewhere made the kernel unsure of the path; it asks to be asked again.
                result = Answer((int)NativeSyscall(OpenAt2Number, directory, p, &how, (nuint)sizeof(OpenHow)));
            }
            while (result is -Errno.Interrupted or -Errno.TryAgain);
            return result;
        }
    }

    public static int Close(int descriptor) => Answer(NativeClose(descriptor));

    /// <summary>read(2): bytes read, 0 at the end.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            int result;
            do
            {
                result = Answer((int)NativeRead(descriptor, p, (nuint)buffer.Length));
            }
            while (result == -Errno.Interrupted);
            return result;
        }
    }

    /// <summary>pread(2): bytes read at <paramref name="offset"/>, 0 at the end.</summary>
    public static int ReadAt(int descriptor, Span<byte> buffer, long offset)
    {
        fixed (byte* p = buffer)
        {
            int result;
            do
            {
                result = Answer((int)NativePRead(descriptor, p, (nuint)buffer.Length, offset));
            }
            while (result == -Errno.Interrupted);
            return result;
        }
    }

    /// <summary>One write(2): bytes written, which may be fewer than given.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes)
        {
            int result;
            do
            {
                result = Answer((int)NativeWrite(descriptor, p, (nuint)bytes.Length));
            }
            while (result == -Errno.Interrupted);
            return result;
        }
    }

    /// <summary>write(2) until everything is written: 0, or the error that stopped it.</summary>
    public static int WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int written = Write(descriptor, bytes);
            if (written < 0)
            {
                return written;
            }

            if (written == 0)
            {
                return -Errno.InputOutput;
            }

            bytes = bytes[written..];
        }

        return 0;
    }

    /// <summary>One pwrite(2) at <paramref name="offset"/>: bytes written, which may be fewer than given.</summary>
    public static int WriteAt(int descriptor, ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* p = bytes)
        {
            int result;
            do
            {
                result = Answer((int)NativePWrite(descriptor, p, (nuint)bytes.Length, offset));
            }
            while (result == -Errno.Interrupted);
            return result;
        }
    }

    public static int Truncate(int descriptor, long length)
    {
        int result;
        do
        {
            result = Answer(NativeFTruncate(descriptor, length));
        }
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>fsync(2). Never call it again after an error: the kernel may have dropped the pages and then answers success.</summary>
    public static int Sync(int descriptor) => Answer(NativeFSync(descriptor));

    /// <summary>fdatasync(2): the bytes and the size. Never call it again after an error: see <see cref="Sync"/>.</summary>
    public static int SyncData(int descriptor) => Answer(NativeFDataSync(descriptor));

    /// <summary>flock(2) LOCK_EX | LOCK_NB: -EAGAIN while another open file has the lock.</summary>
    public static int TryLock(int descriptor)
    {
        int result;
        do
        {
            result = Answer(NativeFLock(descriptor, LockExclusive | LockNonBlocking));
        }
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>flock(2) LOCK_EX: waits in the kernel's queue. -EINTR if a signal came.</summary>
    public static int Lock(int descriptor) => Answer(NativeFLock(descriptor, LockExclusive));

    /// <summary>
    /// fcntl(2) F_OFD_SETLK for writing, of the whole file: -EAGAIN while another open file has such a lock. Unlike flock it does not
    /// meet the locks that .NET programs take on every file they open.
    /// </summary>
    public static int TryLockContent(int descriptor)
    {
        const int SetOpenFileLock = 37;
        var range = new FileRange { Type = 1 };
        return Answer(NativeFCntl(descriptor, SetOpenFileLock, &range));
    }

    /// <summary>renameat(2) within one directory, over what is there.</summary>
    public static int Rename(int directory, string from, string to)
    {
        Span<byte> fromScratch = stackalloc byte[ScratchFor(from)];
        Span<byte> toScratch = stackalloc byte[ScratchFor(to)];
        if (!Encode(from, fromScratch, out int refused) || !Encode(to, toScratch, out refused))
        {
            return refused;
        }

        fixed (byte* f = fromScratch)
        fixed (byte* t = toScratch)
        {
            return Answer(NativeRenameAt(directory, f, directory, t));
        }
    }

    /// <summary>unlinkat(2) of a file.</summary>
    public static int Unlink(string path, int directory = WorkingDirectory)
    {
        Span<byte> scratch = stackalloc byte[ScratchFor(path)];
        if (!Encode(path, scratch, out int refused))
        {
            return refused;
        }

        fixed (byte* p = scratch)
        {
            return Answer(NativeUnlinkAt(directory, p, 0));
        }
    }

    /// <summary>mkdir(2).</summary>
    public static int MakeDirectory(string path, uint mode = 0x1FF)
    {
        Span<byte> scratch = stackalloc byte[ScratchFor(path)];
        if (!Encode(path, scratch, out int refused))
        {
            return refused;
        }

        fixed (byte* p = scratch)
        {
            return Answer(NativeMkDir(p, mode));
        }
    }

    public static int ChangeMode(int descriptor, uint permissions) => Answer(NativeFChMod(descriptor, permissions));

    /// <summary>
    /// futimens(3): sets the time of the last change of the content to now, by the clock that tells nanoseconds. What the kernel sets by
    /// itself are ticks of some milliseconds, so no write of anyone gives the file this time again.
    /// </summary>
    /// <param name="descriptor">A file of ours.</param>
    /// <param name="nanoseconds">The time it got, as <see cref="FileFacts.Modified"/> tells it.</param>
    public static int SetModifiedNow(int descriptor, out long nanoseconds)
    {
        const long LeaveAlone = 0x3FFFFFFE;
        var now = Read(monotonic: false);
        nanoseconds = unchecked((now.Seconds * 1_000_000_000) + now.Nanoseconds);
        var times = stackalloc TimeSpec[2];
        times[0] = new TimeSpec { Nanoseconds = LeaveAlone };
        times[1] = now;
        return Answer(NativeFUTimens(descriptor, times));
    }

    /// <summary>statx(2) of an open file.</summary>
    public static int Stat(int descriptor, out FileFacts facts)
    {
        byte empty = 0;
        facts = default;
        fixed (FileFacts* f = &facts)
        {
            return Answer(NativeStatX(descriptor, &empty, EmptyPathFlag, BasicStats, f));
        }
    }

    /// <summary>statx(2) of a path.</summary>
    public static int Stat(string path, out FileFacts facts, bool followLink = true, int directory = WorkingDirectory)
    {
        facts = default;
        Span<byte> scratch = stackalloc byte[ScratchFor(path)];
        if (!Encode(path, scratch, out int refused))
        {
            return refused;
        }

        fixed (byte* p = scratch)
        fixed (FileFacts* f = &facts)
        {
            return Answer(NativeStatX(directory, p, followLink ? 0 : SymlinkNoFollowFlag, BasicStats, f));
        }
    }

    /// <summary>realpath(3): the absolute path without links or dots; the file must exist.</summary>
    public static int RealPath(string path, out string resolved)
    {
        resolved = "";
        Span<byte> scratch = stackalloc byte[ScratchFor(path)];
        if (!Encode(path, scratch, out int refused))
        {
            return refused;
        }

        Span<byte> answer = stackalloc byte[MaxPath];
        fixed (byte* p = scratch)
        fixed (byte* a = answer)
        {
            if (NativeRealPath(p, a) is null)
            {
                return -Marshal.GetLastPInvokeError();
            }
        }

        resolved = System.Text.Encoding.UTF8.GetString(answer[..answer.IndexOf((byte)0)]);
        return 0;
    }

    /// <summary>Random bytes of the kernel, for names and ids (getrandom(2)); never blocks after boot.</summary>
    public static int Random(Span<byte> bytes)
    {
        fixed (byte* p = bytes)
        {
            int result;
            do
            {
                // Up to 256 bytes come whole or not at all.
                result = Answer((int)NativeGetRandom(p, (nuint)bytes.Length, 0));
            }
            while (result == -Errno.Interrupted);
            return result;
        }
    }

    /// <summary>nanosleep(2), at most a second. -EINTR if a signal ended it early.</summary>
    public static int Sleep(long nanoseconds)
    {
        var time = new TimeSpec { Seconds = nanoseconds / 1_000_000_000, Nanoseconds = nanoseconds % 1_000_000_000 };
        return Answer(NativeNanoSleep(&time, null));
    }

    /// <summary>clock_gettime(2) in nanoseconds. The wall clock's wraps in the year 2262.</summary>
    public static long Time(bool monotonic)
    {
        var time = Read(monotonic);
        return unchecked((time.Seconds * 1_000_000_000) + time.Nanoseconds);
    }

    /// <summary>The wall clock in microseconds, over all that a clock can be set to.</summary>
    public static long WallMicroseconds()
    {
        var time = Read(monotonic: false);
        return (time.Seconds * 1_000_000) + (time.Nanoseconds / 1000);
    }

    private static TimeSpec Read(bool monotonic)
    {
        TimeSpec time;
        // It cannot fail: both clocks exist everywhere.
        _ = NativeClockGetTime(monotonic ? 1 : 0, &time);
        return time;
    }

    /// <summary>signal(2) with SIG_IGN: the system call that would have raised it fails with an error instead.</summary>
    public static void IgnoreSignal(int signal) => _ = NativeSignal(signal, 1);

    /// <summary>
    /// signal(2) with a native handler; waiting system calls start again behind it. A signal that the process was started to ignore, as by nohup(1), stays ignored.
    /// </summary>
    public static void Handle(int signal, nint handler)
    {
        const nint Ignored = 1;
        if (NativeSignal(signal, handler) == Ignored)
        {
            _ = NativeSignal(signal, Ignored);
        }
    }

    /// <summary>poll(2) of one descriptor. -EINTR if a signal came.</summary>
    /// <param name="descriptor">What to wait for.</param>
    /// <param name="forWriting">POLLOUT, else POLLIN.</param>
    /// <param name="milliseconds">Longest wait; negative for no end.</param>
    /// <returns>1 when ready (or closed or broken: the next call tells), 0 when the time is over.</returns>
    public static int Poll(int descriptor, bool forWriting, int milliseconds)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = (short)(forWriting ? 4 : 1) };
        return Answer(NativePoll(&entry, 1, milliseconds));
    }

    /// <summary>Puts a path and its NUL into <paramref name="scratch"/>. A NUL inside, or more than PATH_MAX, is refused as the kernel would.</summary>
    internal static bool Encode(string path, Span<byte> scratch, out int refused)
    {
        Utf8.FromUtf16(path, scratch, out _, out int written, replaceInvalidSequences: true);
        refused = 0;
        if (written >= MaxPath || written >= scratch.Length)
        {
            refused = -Errno.NameTooLong;
            return false;
        }

        scratch[written] = 0;
        if (scratch[..written].Contains((byte)0))
        {
            refused = -Errno.NoEntry;
            return false;
        }

        return true;
    }

    /// <summary>Stack bytes that <see cref="Encode"/> needs for a path.</summary>
    internal static int ScratchFor(string path) => path.Length < (MaxPath / 3) - 1 ? (path.Length * 3) + 1 : MaxPath + 1;

    private static int Answer(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    /// <summary>struct flock: the defaults mean the whole file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileRange
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
