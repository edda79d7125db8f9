using System;

namespace SpecKitty.Platform;

/// <summary>Writes to descriptors 1 and 2 without the console's set-up cost.</summary>
internal static class StandardOutput
{
    private const int Output = 1;
    private const int ErrorOutput = 2;

    /// <summary>One write(2), repeated only for what it left over. Returns 0 or the errno that stopped it.</summary>
    public static int Write(ReadOnlySpan<byte> bytes)
    {
        int error = Write(Output, bytes);
        Lost = error is 0 or Errno.BrokenPipe ? Lost : error;
        return error;
    }

    /// <summary>The errno with which something was lost that somebody may still wait for, as on a full disk; 0 where nothing was, or where nobody reads any more.</summary>
    public static int Lost { get; private set; }

    /// <summary>Whether it is a terminal, and how large: what tools ask.</summary>
    public static bool IsTerminal(out int columns, out int rows) => Posix.IsTerminal(Output, out columns, out rows);

    /// <summary>Whether nobody reads it any more.</summary>
    public static bool IsBroken => Posix.IsBroken(Output);

    /// <summary>The same on stderr.</summary>
    public static int WriteError(ReadOnlySpan<byte> bytes) => Write(ErrorOutput, bytes);

    private static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int written = Posix.Write(descriptor, bytes);
            if (written >= 0)
            {
                bytes = bytes[written..];
            }
            else if (written != -Errno.TryAgain)
            {
                return -written;
            }
            else if (Posix.Poll(descriptor, forWriting: true, EnvironmentDeadline) == 0)
            {
                // A caller that gave us a full, non-blocking pipe and does not read.
                return Errno.TryAgain;
            }
        }

        return 0;
    }

    private static int EnvironmentDeadline => Deadline.FromEnvironment().Milliseconds;
}
