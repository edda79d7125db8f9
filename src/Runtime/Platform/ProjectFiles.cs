using System;

namespace SpecKitty.Platform;

/// <summary>
/// Files of the project, opened so that neither the path nor a link on it can lead out (DESIGN §11, invariant I13): the kernel
/// resolves them beneath the root (openat2). Where it cannot, on old kernels and for absolute links that may well point inside,
/// the resolved path decides.
/// </summary>
internal static class ProjectFiles
{
    /// <summary>The last root opened. One call has one root; the string's identity stands for it.</summary>
    [ThreadStatic]
    private static string? _root;

    [ThreadStatic]
    private static int _rootDescriptor;

    /// <summary>Reads a whole regular file.</summary>
    /// <param name="root">Absolute path of the directory that the file must be in.</param>
    /// <param name="relativePath">Path below <paramref name="root"/>, with '/'.</param>
    /// <param name="maxBytes">A larger file is refused unread.</param>
    /// <param name="bytes">The content when the outcome is Ok, else empty; dispose it in any case.</param>
    public static ReadOutcome TryRead(string root, string relativePath, int maxBytes, out FileBytes bytes)
    {
        bytes = new FileBytes([], 0);
        int descriptor = Open(root, relativePath, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        if (descriptor < 0)
        {
            return ReadOutcome.Of(descriptor);
        }

        var outcome = ReadAll(descriptor, maxBytes, ref bytes);
        Posix.Close(descriptor);
        return outcome;
    }

    /// <summary>Reads a file of the kernel's whose size is not known beforehand: 0, or a negated errno.</summary>
    public static int TryReadUnsized(string path, out byte[] content)
    {
        content = [];
        int descriptor = Posix.Open(path, OpenFlags.ReadOnly);
        if (descriptor < 0)
        {
            return descriptor;
        }

        var buffer = new byte[4096];
        int length = 0, read;
        while ((read = Posix.Read(descriptor, buffer.AsSpan(length))) > 0)
        {
            length += read;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, length * 2);
            }
        }

        Posix.Close(descriptor);
        content = buffer[..length];
        return read;
    }

    /// <summary>
    /// Opens a file or directory beneath <paramref name="root"/>: a descriptor, or a negated errno; -EXDEV where the path leads out.
    /// Pass <see cref="OpenFlags.NonBlocking"/> unless sure that it is no FIFO.
    /// </summary>
    public static int Open(string root, string relativePath, int flags, uint mode = 0)
    {
        if (relativePath.StartsWith('/'))
        {
            return -Errno.CrossDevice;
        }

        int directory = RootDescriptor(root);
        if (directory < 0)
        {
            return directory;
        }

        int descriptor = Posix.OpenBeneath(directory, relativePath, flags, mode);
        return descriptor switch
        {
            -Errno.CrossDevice or -Errno.NotImplemented or -Errno.NotPermitted => OpenResolved(root, relativePath, flags, mode, descriptor),
            _ => descriptor,
        };
    }

    /// <summary>The slow way: resolve both paths, compare, open what was resolved without following anything any more.</summary>
    private static int OpenResolved(string root, string relativePath, int flags, uint mode, int because)
    {
        if (Posix.RealPath(root, out string realRoot) is < 0 and var rootError)
        {
            return rootError;
        }

        string path = root + "/" + relativePath;
        int error = Posix.RealPath(path, out string real);
        string last = "";
        if (error == -Errno.NoEntry && (flags & OpenFlags.Create) != 0 && because != -Errno.CrossDevice)
        {
            // To be created: the directory must be inside. A link that leads nowhere was refused by the kernel above.
            int slash = path.LastIndexOf('/');
            last = path[slash..];
            error = Posix.RealPath(path[..slash], out real);
        }

        if (error < 0)
        {
            return error;
        }

        bool inside = real == realRoot || (real.StartsWith(realRoot, StringComparison.Ordinal) && (realRoot == "/" || real[realRoot.Length] == '/'));
        return inside ? Posix.Open(real + last, flags | OpenFlags.NoFollow, mode) : -Errno.CrossDevice;
    }

    private static int RootDescriptor(string root)
    {
        if (ReferenceEquals(root, _root))
        {
            return _rootDescriptor;
        }

        int opened = Posix.Open(root, OpenFlags.PathOnly | OpenFlags.Directory);
        if (opened >= 0)
        {
            if (_root is not null)
            {
                Posix.Close(_rootDescriptor);
            }

            _root = root;
            _rootDescriptor = opened;
        }

        return opened;
    }

    private static ReadOutcome ReadAll(int descriptor, int maxBytes, ref FileBytes bytes)
    {
        if (Posix.Stat(descriptor, out var facts) is < 0 and var statError)
        {
            return ReadOutcome.Of(statError);
        }

        if (!facts.IsRegular)
        {
            return new(ReadStatus.NotRegular);
        }

        if (facts.Size > maxBytes || facts.Size >= Array.MaxLength)
        {
            return new(ReadStatus.TooLarge);
        }

        // One byte more than there is: a read that leaves it free has met the end, without asking again.
        var buffer = BufferPool.Rent((int)facts.Size + 1);
        int length = 0;
        while (true)
        {
            int read = Posix.Read(descriptor, buffer.AsSpan(length));
            if (read < 0)
            {
                BufferPool.Return(buffer);
                return ReadOutcome.Of(read);
            }

            length += read;
            if (length < buffer.Length)
            {
                break;
            }

            if (length > maxBytes || length == Array.MaxLength)
            {
                BufferPool.Return(buffer);
                return new(ReadStatus.TooLarge);
            }

            // It grew meanwhile.
            Array.Resize(ref buffer, (int)Math.Min(Math.Min((long)length * 2, (long)maxBytes + 1), Array.MaxLength));
        }

        if (length > maxBytes)
        {
            BufferPool.Return(buffer);
            return new(ReadStatus.TooLarge);
        }

        bytes = new FileBytes(buffer, length);
        return new(ReadStatus.Ok);
    }
}
