using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <content>What tools ask about the descriptors they write to; no call of the contract does.</content>
internal static unsafe partial class Posix
{
    private const nuint GetWindowSize = 0x5413;
    private const short HungUpOrBroken = 0x18;

    /// <summary>ioctl(TIOCGWINSZ): whether the descriptor is a terminal, and how large it is; 0 where it does not say.</summary>
    public static bool IsTerminal(int descriptor, out int columns, out int rows)
    {
        WindowSize size = default;
        bool isTerminal = NativeIoCtl(descriptor, GetWindowSize, &size) >= 0;
        (columns, rows) = (size.Columns, size.Rows);
        return isTerminal;
    }

    /// <summary>Whether whoever read from the pipe at the other end is gone.</summary>
    public static bool IsBroken(int descriptor)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = 0 };
        return NativePoll(&entry, 1, 0) > 0 && (entry.Returned & HungUpOrBroken) != 0;
    }

    // Variadic in C; with a pointer the call is the same on the Linux ABIs.
    [LibraryImport(LibC, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int NativeIoCtl(int descriptor, nuint request, WindowSize* size);

    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
