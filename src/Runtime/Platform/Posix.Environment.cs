using System;
using System.Runtime.InteropServices;
using System.Text;

namespace SpecKitty.Platform;

/// <content>The environment that the call was given.</content>
internal static unsafe partial class Posix
{
    /// <summary>getenv(3): what a variable holds; null where it is not set. The framework's own way takes the name as a text, of which each is on a page of its own.</summary>
    /// <param name="name">With the 0 that ends it.</param>
    public static string? Variable(ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name)
        {
            byte* value = NativeGetEnv(start);
            return value is null ? null : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(value));
        }
    }

    [LibraryImport(LibC, EntryPoint = "getenv")]
    private static partial byte* NativeGetEnv(byte* name);
}
