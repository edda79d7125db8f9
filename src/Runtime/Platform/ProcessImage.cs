using System;
using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <summary>Replaces this process by another program (execve(2)): same process id, descriptors and working directory.</summary>
internal static unsafe partial class ProcessImage
{
    private const int BrokenPipe = 13;
    private const int AccessExecute = 1;
    private const int EffectiveAccess = 0x200;

    /// <summary>Whether this user may run <paramref name="path"/>, and it is a regular file (faccessat(2)).</summary>
    public static bool IsExecutable(string path, out FileFacts facts)
    {
        if (Posix.Stat(path, out facts) < 0 || !facts.IsRegular)
        {
            return false;
        }

        Span<byte> scratch = stackalloc byte[Posix.ScratchFor(path)];
        if (!Posix.Encode(path, scratch, out _))
        {
            return false;
        }

        fixed (byte* p = scratch)
        {
            return NativeFAccessAt(Posix.WorkingDirectory, p, AccessExecute, EffectiveAccess) == 0;
        }
    }

    /// <summary>
    /// Becomes <paramref name="path"/> with the arguments of this process, byte for byte: the runtime's own copy of them has been decoded. Comes back only
    /// with the negated errno.
    /// </summary>
    /// <param name="path">The program.</param>
    /// <param name="variable">An environment variable to set first, as <c>name</c> and <c>value</c>; null for none.</param>
    public static int Become(string path, (string Name, string Value)? variable)
    {
        if (ProjectFiles.TryReadUnsized("/proc/self/cmdline", out byte[] arguments) is < 0 and var unread)
        {
            return unread;
        }

        int count = 0;
        foreach (byte b in arguments)
        {
            count += b == 0 ? 1 : 0;
        }

        if (variable is { } set)
        {
            SetEnvironment(set.Name, set.Value);
        }

        // The runtime ignores SIGPIPE, and what is ignored stays ignored in the next program.
        NativeSignal(BrokenPipe, 0);
        Span<byte> scratch = stackalloc byte[Posix.ScratchFor(path)];
        if (!Posix.Encode(path, scratch, out int refused))
        {
            return refused;
        }

        byte** pointers = (byte**)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(byte*));
        fixed (byte* program = scratch)
        fixed (byte* text = arguments)
        {
            int next = 0;
            for (int i = 0; i < arguments.Length && next < count; i++)
            {
                if (i == 0 || arguments[i - 1] == 0)
                {
                    pointers[next++] = text + i;
                }
            }

            pointers[0] = program;
            _ = NativeExecV(program, pointers);
            int error = -Marshal.GetLastPInvokeError();
            NativeMemory.Free(pointers);
            return error;
        }
    }

    private static void SetEnvironment(string name, string value)
    {
        byte[] n = System.Text.Encoding.UTF8.GetBytes(name + "\0"), v = System.Text.Encoding.UTF8.GetBytes(value + "\0");
        fixed (byte* pn = n)
        fixed (byte* pv = v)
        {
            _ = NativeSetEnv(pn, pv, 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static partial int NativeExecV(byte* path, byte** arguments);

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true)]
    private static partial int NativeSetEnv(byte* name, byte* value, int overwrite);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint NativeSignal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "faccessat", SetLastError = true)]
    private static partial int NativeFAccessAt(int directory, byte* path, int mode, int flags);
}
