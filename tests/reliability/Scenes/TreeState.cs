using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace SpecKitty.Reliability.Scenes;

/// <summary>
/// Every file of a scene by its content, but for what a call may touch without anyone noticing: lock files, git's objects and
/// reflogs. Of .git it holds what a person would notice: HEAD, refs, index, registered worktrees, and the config line by line.
/// </summary>
internal sealed class TreeState
{
    private const string OurLocks = "spec-kitty-locks";
    private const long TooLarge = 64 << 20;

    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    private TreeState()
    {
    }

    public static TreeState Of(Scene scene) => Of(scene.Top);

    public static TreeState Of(string directory)
    {
        var state = new TreeState();
        state.Add(directory, "");
        return state;
    }

    /// <summary>Paths that differ, with what became of them; empty if none.</summary>
    /// <param name="after">The later state.</param>
    /// <param name="ignore">Parts of paths that may differ.</param>
    public List<string> Changes(TreeState after, params string[] ignore)
    {
        var changes = new List<string>();
        foreach (string path in _files.Keys.Union(after._files.Keys).Where(p => !Array.Exists(ignore, i => p.Contains(i, StringComparison.Ordinal))))
        {
            string? was = _files.GetValueOrDefault(path), now = after._files.GetValueOrDefault(path);
            if (was != now)
            {
                changes.Add((was is null ? "new " : now is null ? "gone " : "changed ") + path);
            }
        }

        return changes;
    }

    /// <summary>Names of files that only a killed or careless call leaves: temporary ones and locks of git.</summary>
    public IEnumerable<string> Leftovers() => _files.Keys.Where(IsLeftover);

    private static bool IsLeftover(string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        return name.EndsWith(".tmp", StringComparison.Ordinal) || name.Contains(".tmp.", StringComparison.Ordinal)
            || (path.Contains("/.git/", StringComparison.Ordinal) && name.EndsWith(".lock", StringComparison.Ordinal) && !path.Contains("/" + OurLocks + "/", StringComparison.Ordinal))
            || (path.Contains("/.git/worktrees/", StringComparison.Ordinal) && name == "locked")
            || name.StartsWith("tmp_obj_", StringComparison.Ordinal) || name.EndsWith(".status.kept", StringComparison.Ordinal)
            || path.EndsWith("/.git/spec-kitty.index", StringComparison.Ordinal) || (path.Contains("/.git/spec-kitty/", StringComparison.Ordinal) && name.EndsWith(".journal", StringComparison.Ordinal));
    }

    private void Add(string directory, string relative, bool onlyLeftovers = false)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(directory))
        {
            string name = Path.GetFileName(path), inner = relative + "/" + name;
            var info = new FileInfo(path);
            if (info.LinkTarget is { } target)
            {
                _files[inner] = "-> " + target;
            }
            else if ((info.Attributes & FileAttributes.Directory) != 0)
            {
                if (name is "objects" or "logs" && relative.Contains("/.git", StringComparison.Ordinal))
                {
                    continue;
                }

                Add(path, inner, onlyLeftovers || name == OurLocks);
            }
            else if (onlyLeftovers && !IsLeftover(inner))
            {
                // Locks, checkpoints, records of keys: a call may make them and nobody notices.
            }
            else if (inner.EndsWith("/.git/config", StringComparison.Ordinal) && IsRegular(info) && info.Length < TooLarge)
            {
                foreach (string line in File.ReadLines(path))
                {
                    _files[inner + ": " + line.Trim()] = "";
                }
            }
            else if (name is not ("COMMIT_EDITMSG" or "ORIG_HEAD"))
            {
                _files[inner] = $"{info.UnixFileMode} {info.Length} {Digest(path, info)}";
            }
        }
    }

    private static string Digest(string path, FileInfo info)
    {
        if ((info.Attributes & (FileAttributes.Device | FileAttributes.System)) != 0 || info.Length > TooLarge || !IsRegular(info))
        {
            return "";
        }

        return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)).AsSpan(0, 8));
    }

    /// <summary>FIFOs and sockets have length 0 and would block; regular files can be opened without.</summary>
    private static bool IsRegular(FileInfo info) => info.Length > 0;
}
