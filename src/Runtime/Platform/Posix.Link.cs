using System;

namespace SpecKitty.Platform;

/// <content>A second name for a file.</content>
internal static unsafe partial class Posix
{
    /// <summary>linkat(2): another name for a file, unless that name is taken (-EEXIST).</summary>
    public static int Link(string from, string to)
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
            return Answer(NativeLinkAt(WorkingDirectory, f, WorkingDirectory, t, 0));
        }
    }
}
