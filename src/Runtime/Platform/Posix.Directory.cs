using System;
using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <content>Where this process is, and what is in a directory.</content>
internal static unsafe partial class Posix
{
    /// <summary>getdents64(2): bytes of whole entries put into <paramref name="buffer"/>, 0 at the end.</summary>
    public static int ReadDirectory(int descriptor, Span<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            return Answer((int)NativeGetDirectoryEntries(descriptor, p, (nuint)buffer.Length));
        }
    }

    /// <summary>getcwd(3): the working directory's absolute path without links; fails where it is gone or cannot be reached.</summary>
    public static int CurrentDirectory(out string path)
    {
        Span<byte> answer = stackalloc byte[MaxPath];
        path = "";
        fixed (byte* p = answer)
        {
            if (NativeGetCurrentDirectory(p, (nuint)answer.Length) is null)
            {
                return -Marshal.GetLastPInvokeError();
            }
        }

        if (answer[0] != '/')
        {
            return -Errno.NoEntry;
        }

        path = System.Text.Encoding.UTF8.GetString(answer[..answer.IndexOf((byte)0)]);
        return 0;
    }

    [LibraryImport(LibC, EntryPoint = "getcwd", SetLastError = true)]
    private static partial byte* NativeGetCurrentDirectory(byte* buffer, nuint size);

    [LibraryImport(LibC, EntryPoint = "getdents64", SetLastError = true)]
    private static partial nint NativeGetDirectoryEntries(int descriptor, byte* buffer, nuint count);
}
