using System;
using System.Globalization;
using SpecKitty.Contract;

namespace SpecKitty.Platform;

/// <summary>Replaces a file as a whole: at every instant its name shows the old content or the new, never a part of either.</summary>
internal static class DurableFile
{
    /// <summary>Owner, group and others may read and write, less the umask.</summary>
    private const uint NewFileMode = 0x1B6;

    /// <summary>Looks at the temporary file of the usual name before another name is taken.</summary>
    private const int MostTries = 2;

    /// <summary>
    /// Writes a temporary file beside <paramref name="path"/> and renames it over. A file that is there keeps its permissions.
    /// On failure the old file is untouched and the temporary one is gone.
    /// </summary>
    /// <param name="path">Absolute path; its directory must exist. If it is a link, the link is replaced.</param>
    /// <param name="content">The whole new content.</param>
    /// <param name="sync">Whether it must survive a power cut once this returns: the file is synced before the rename, the directory after.</param>
    /// <returns>IO_FAILED, or null. If only the directory's sync failed the effect is indeterminate: the new content is visible.</returns>
    public static Failure? Replace(string path, ReadOnlySpan<byte> content, bool sync)
    {
        int slash = path.LastIndexOf('/');
        string directoryPath = slash > 0 ? path[..slash] : "/";
        int directory = Posix.Open(directoryPath, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (directory < 0)
        {
            return FileErrors.ToFailure("open", directoryPath, directory);
        }

        var failure = Replace(directory, path[(slash + 1)..], path, content, sync);
        Posix.Close(directory);
        return failure;
    }

    /// <summary>The same in an open directory.</summary>
    /// <param name="directory">Descriptor of the directory, opened for reading.</param>
    /// <param name="name">The file's name in it.</param>
    /// <param name="shownPath">What messages call it.</param>
    /// <param name="content">The whole new content.</param>
    /// <param name="sync">As above.</param>
    public static Failure? Replace(int directory, string name, string shownPath, ReadOnlySpan<byte> content, bool sync)
    {
        int file = OpenTemporary(directory, name, out string temporary);
        if (file < 0)
        {
            return FileErrors.ToFailure("write", shownPath, file);
        }

        int error = Posix.Stat(name, out var old, followLink: true, directory) >= 0 && old.IsRegular
            ? Posix.ChangeMode(file, old.Permissions)
            : 0;
        if (error >= 0)
        {
            error = Posix.WriteAll(file, content);
        }

        if (error >= 0 && sync)
        {
            error = Posix.Sync(file);
        }

        if (error >= 0)
        {
            error = Posix.Rename(directory, temporary, name);
        }

        if (error < 0)
        {
            Posix.Unlink(temporary, directory);
        }

        // Not earlier: while it is open no one else takes the temporary file for left over.
        int closed = Posix.Close(file);
        if (error < 0)
        {
            return FileErrors.ToFailure("write", shownPath, error);
        }

        if (closed < 0)
        {
            // Some network file systems tell only now that the bytes did not fit.
            return FileErrors.ToFailure("write", shownPath, closed, Effect.Indeterminate);
        }

        return sync && Posix.Sync(directory) is < 0 and var syncError
            ? FileErrors.ToFailure("make durable", shownPath, syncError, Effect.Indeterminate)
            : null;
    }

    /// <summary>
    /// The temporary file, empty. Its name is always the same, so that what a killed process left behind is used up by the next; a lock
    /// on it tells what was left behind from what is in use, and then another name is taken.
    /// </summary>
    private static int OpenTemporary(int directory, string name, out string temporary)
    {
        int flags = OpenFlags.ReadWrite | OpenFlags.NoFollow | OpenFlags.NonBlocking;
        temporary = "." + name + ".spec-kitty.tmp";
        bool isInUse = false;
        for (int tries = 0; !isInUse && tries < MostTries; tries++)
        {
            int file = Posix.Open(temporary, flags | OpenFlags.Create | OpenFlags.Exclusive, NewFileMode, directory);
            bool isNew = file >= 0;
            if (file == -Errno.Exists)
            {
                file = Posix.Open(temporary, flags, directory: directory);
            }

            if (file >= 0)
            {
                int locked = Posix.TryLockContent(file);
                if (locked >= 0 && IsOurs(file, temporary, directory) && (isNew || Posix.Truncate(file, 0) >= 0))
                {
                    return file;
                }

                // Not unlinked, even if we made it: by now that name may be the file of another, who took ours, renamed it and was followed.
                // Looked at once more instead: if all that went wrong was the look, our own would stay behind empty.
                isInUse = locked == -Errno.TryAgain;
                Posix.Close(file);
            }
        }

        Span<byte> random = stackalloc byte[8];
        Entropy.Fill(random);
        temporary = "." + name + "." + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "."
            + BitConverter.ToUInt64(random).ToString("x16", CultureInfo.InvariantCulture) + ".tmp";
        return Posix.Open(temporary, flags | OpenFlags.Create | OpenFlags.Exclusive, NewFileMode, directory);
    }

    /// <summary>
    /// Whether the locked file is still the one of that name: its owner may have renamed it between our open and our lock. With one link
    /// only, since writing through a second would change a file elsewhere.
    /// </summary>
    private static bool IsOurs(int file, string name, int directory) =>
        Posix.Stat(file, out var facts) >= 0 && facts.IsRegular && facts.Links == 1
        && Posix.Stat(name, out var named, followLink: false, directory) >= 0 && named.IsSameFileAs(facts);
}
