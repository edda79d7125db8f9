using System.Runtime.InteropServices;

namespace SpecKitty.Bare;

/// <summary>Writes one line and ends: what the runtime costs before a program does anything.</summary>
internal static unsafe partial class Program
{
    private static int Main()
    {
        var line = "hello, host\n"u8;
        fixed (byte* bytes = line)
        {
            return Write(1, bytes, (nuint)line.Length) == line.Length ? 0 : 1;
        }
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* bytes, nuint count);
}
