namespace SpecKitty.Platform;

/// <summary>Making directories.</summary>
internal static class Directories
{
    /// <summary>mkdir -p: 0, or the negated errno. What exists already, also because another process was faster, is fine.</summary>
    /// <param name="path">Absolute, without a slash at its end.</param>
    public static int Make(string path)
    {
        int error = Posix.MakeDirectory(path);
        if (error == -Errno.NoEntry && path.LastIndexOf('/') is > 0 and var slash)
        {
            error = Make(path[..slash]);
            if (error >= 0)
            {
                error = Posix.MakeDirectory(path);
            }
        }

        return error == -Errno.Exists ? 0 : error;
    }

    /// <summary>Makes the entries of a directory durable: fsync of the directory itself (fsync(2), NOTES).</summary>
    public static int Sync(string path)
    {
        int descriptor = Posix.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (descriptor < 0)
        {
            return descriptor;
        }

        int error = Posix.Sync(descriptor);
        Posix.Close(descriptor);
        return error;
    }
}
