using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// The files by which a mission keeps its own books: they never block a merge, and as they are in the main checkout they are part of what lands (DESIGN §9, §11).
/// Paths are Latin-1 images of their bytes, as trees have them.
/// </summary>
internal sealed class BookkeepingFiles
{
    private static string[] Names => ["meta.json", "lanes.json", "acceptance-matrix.json"];

    private const string TasksDirectory = "tasks";
    private const string Markdown = ".md";

    private readonly string _mission;

    /// <param name="missionPath">The mission's directory in the repository; ASCII.</param>
    /// <param name="logPath">The log's path.</param>
    /// <param name="snapshotPath">The snapshot's path.</param>
    public BookkeepingFiles(string missionPath, string logPath, string snapshotPath)
    {
        _mission = missionPath + "/";
        LogPath = logPath;
        SnapshotPath = snapshotPath;
    }

    public string LogPath { get; }

    public string SnapshotPath { get; }

    /// <summary>The log or its snapshot.</summary>
    public bool IsStatus(string path) => path == LogPath || path == SnapshotPath;

    public bool Contains(string path)
    {
        if (IsStatus(path))
        {
            return true;
        }

        if (!path.StartsWith(_mission, StringComparison.Ordinal))
        {
            return false;
        }

        string name = path[_mission.Length..];
        return Array.IndexOf(Names, name) >= 0
            || (name.StartsWith(TasksDirectory + "/", StringComparison.Ordinal) && name.EndsWith(Markdown, StringComparison.Ordinal) && name.IndexOf('/', TasksDirectory.Length + 1) < 0);
    }

    /// <summary>Those, but for log and snapshot, that are regular files in a checkout. A failure where that cannot be told: what is not in the list does not land.</summary>
    public Result<List<string>> In(string checkout)
    {
        var found = new List<string>();
        foreach (string name in Names)
        {
            if (Add(checkout, _mission + name, found) is { } unseen)
            {
                return unseen;
            }
        }

        var outcome = DirectoryEntries.TryOpen(checkout, _mission + TasksDirectory, out var entries);
        string tasks = checkout + "/" + Text(_mission + TasksDirectory);
        if (outcome.Status == ReadStatus.Failed)
        {
            return outcome.ToFailure("read", tasks);
        }

        if (entries is not null)
        {
            using (entries)
            {
                while (entries.MoveNext())
                {
                    // A name with a line feed could not be told to git line by line; and one that is no UTF-8 could not be opened.
                    if (entries.Name.EndsWith(".md"u8) && entries.Name.IndexOfAnyInRange((byte)0, (byte)31) < 0 && System.Text.Unicode.Utf8.IsValid(entries.Name)
                        && Add(checkout, _mission + TasksDirectory + "/" + Encoding.Latin1.GetString(entries.Name), found) is { } unseen)
                    {
                        return unseen;
                    }
                }

                if (entries.Errno != 0)
                {
                    return FileErrors.ToFailure("read", tasks, entries.Errno);
                }
            }
        }

        return found;
    }

    /// <summary>The path as text, from its image.</summary>
    public static string Text(string path) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(path));

    private static Failure? Add(string checkout, string path, List<string> found)
    {
        string file = checkout + "/" + Text(path);
        if (Posix.Stat(file, out var facts, followLink: false) is < 0 and var error)
        {
            return error is -Errno.NoEntry or -Errno.NotDirectory ? null : FileErrors.ToFailure("read", file, error);
        }

        if (facts.IsRegular)
        {
            found.Add(path);
        }

        return null;
    }
}
