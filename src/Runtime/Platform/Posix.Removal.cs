using System;

namespace SpecKitty.Platform;

/// <content>Removing directories.</content>
internal static unsafe partial class Posix
{
    private const int RemoveDirectoryFlag = 0x200;

    /// <summary>unlinkat(2) of an empty directory.</summary>
    public static int RemoveDirectory(string path)
    {
        Span<byte> scratch = stackalloc byte[ScratchFor(path)];
        if (!Encode(path, scratch, out int refused))
        {
            return refused;
        }

        fixed (byte* p = scratch)
        {
            return Answer(NativeUnlinkAt(WorkingDirectory, p, RemoveDirectoryFlag));
        }
    }
}
