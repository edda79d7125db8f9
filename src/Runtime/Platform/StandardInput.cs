using System;

namespace SpecKitty.Platform;

/// <summary>Reads descriptor 0 without the console's set-up cost.</summary>
internal static class StandardInput
{
    /// <summary>Everything there is: 0, or a negated errno; -EFBIG where it is more than <paramref name="most"/> bytes.</summary>
    public static int ReadToEnd(int most, out byte[] content)
    {
        content = [];
        var buffer = new byte[64 * 1024];
        int length = 0;
        while (true)
        {
            int read = Posix.Read(0, buffer.AsSpan(length));
            if (read == -Errno.TryAgain && Posix.Poll(0, forWriting: false, -1) >= 0)
            {
                continue;
            }

            if (read <= 0)
            {
                content = buffer[..length];
                return read;
            }

            length += read;
            if (length > most)
            {
                return -Errno.FileTooLarge;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, length * 2);
            }
        }
    }
}
