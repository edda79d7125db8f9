using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Unicode;

namespace SpecKitty.Platform;

/// <summary>A directory and everything in it. Links are never followed.</summary>
internal static class DirectoryTree
{
    /// <summary>Removes it all; 0, or the negated errno of the first thing that could not be removed. Nothing there is fine.</summary>
    public static int Remove(string path)
    {
        if (!TryList(path, out var entries, out int error))
        {
            return error == -Errno.NoEntry ? 0 : error;
        }

        foreach (var (name, isDirectory) in entries)
        {
            string entry = path + "/" + name;
            error = isDirectory ? Remove(entry) : Posix.Unlink(entry);
            if (error < 0 && error != -Errno.NoEntry)
            {
                return error;
            }
        }

        error = Posix.RemoveDirectory(path);
        return error == -Errno.NoEntry ? 0 : error;
    }

    /// <summary>Whether anything in it was made, changed, renamed or removed at or after <paramref name="since"/>, by the times of change; true too where that cannot be told.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="since">Nanoseconds since 1970.</param>
    public static bool HasChangedSince(string path, long since)
    {
        if (Posix.Stat(path, out var facts, followLink: false) < 0 || facts.Changed >= since || !TryList(path, out var entries, out _))
        {
            return true;
        }

        foreach (var (name, isDirectory) in entries)
        {
            string entry = path + "/" + name;
            bool hasChanged = isDirectory ? HasChangedSince(entry, since) : Posix.Stat(entry, out facts, followLink: false) < 0 || facts.Changed >= since;
            if (hasChanged)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any file in it was made or changed at or after <paramref name="since"/>, whatever became of directories; true too where that cannot be told.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="since">Nanoseconds since 1970.</param>
    public static bool HasFileChangedSince(string path, long since)
    {
        if (!TryList(path, out var entries, out _))
        {
            return true;
        }

        foreach (var (name, isDirectory) in entries)
        {
            string entry = path + "/" + name;
            if (isDirectory ? HasFileChangedSince(entry, since) : Posix.Stat(entry, out var facts, followLink: false) < 0 || facts.Changed >= since)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether something in it, but not directly, has a name; true too where that cannot be told.</summary>
    public static bool HoldsBelow(string path, string name) => Holds(path, name, isTop: true);

    private static bool Holds(string path, string name, bool isTop)
    {
        if (!TryList(path, out var entries, out _))
        {
            return true;
        }

        foreach (var (entry, isDirectory) in entries)
        {
            if ((!isTop && entry == name) || (isDirectory && !(isTop && entry == name) && Holds(path + "/" + entry, name, isTop: false)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryList(string path, out List<(string Name, bool IsDirectory)> entries, out int error)
    {
        entries = [];
        int slash = path.LastIndexOf('/');
        if (Posix.Stat(path, out var facts, followLink: false) is < 0 and var missing)
        {
            error = missing;
            return false;
        }

        if (!facts.IsDirectory)
        {
            error = -Errno.NotDirectory;
            return false;
        }

        var outcome = DirectoryEntries.TryOpen(path[..slash], path[(slash + 1)..], out var listing);
        error = -outcome.Errno;
        if (listing is null)
        {
            return false;
        }

        using (listing)
        {
            while (listing.MoveNext())
            {
                if (!Utf8.IsValid(listing.Name))
                {
                    // Such a name cannot be passed on as text.
                    error = -Errno.InvalidArgument;
                    return false;
                }

                string name = Encoding.UTF8.GetString(listing.Name);
                bool isDirectory = listing.Type == EntryType.Directory
                    || (listing.Type == EntryType.Unknown && Posix.Stat(path + "/" + name, out facts, followLink: false) >= 0 && facts.IsDirectory);
                entries.Add((name, isDirectory));
            }

            error = -listing.Errno;
        }

        return error == 0;
    }
}
