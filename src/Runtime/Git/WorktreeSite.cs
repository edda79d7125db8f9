using System;
using System.Text;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>What is found where a linked worktree of a repository should be, told from files alone (gitrepository-layout(5)).</summary>
internal readonly struct WorktreeSite
{
    private const int MaxPointerBytes = 8 * 1024;
    private const string Pointer = "gitdir:";
    private const string Symbolic = "ref:";

    /// <summary>Nothing is there.</summary>
    public bool IsAbsent { get; private init; }

    /// <summary>A directory is there with nothing in it, which git would take for the worktree's.</summary>
    public bool IsEmptyDirectory { get; private init; }

    /// <summary>Absolute path of the worktree's own git directory; null where what is there is no worktree of this repository.</summary>
    public string? GitDirectory { get; private init; }

    /// <summary>What it has checked out: a branch without <c>refs/heads/</c>, or a commit; empty where it is no worktree that git would take for one.</summary>
    public string Head { get; private init; }

    /// <param name="root">Absolute path of the project.</param>
    /// <param name="path">Absolute path of the place, below the project.</param>
    /// <param name="commonDirectory">Absolute path of the directory that all worktrees of the repository share; null where there is none.</param>
    public static WorktreeSite Of(string root, string path, string? commonDirectory)
    {
        var husk = new WorktreeSite { Head = "" };
        if (LeadsOut(root, path[..path.LastIndexOf('/')]))
        {
            return husk;
        }

        if (Posix.Stat(path, out var facts, followLink: false) < 0)
        {
            return new WorktreeSite { IsAbsent = true, Head = "" };
        }

        if (commonDirectory is null || ReadText(path, ".git") is not { } pointer || !pointer.StartsWith(Pointer, StringComparison.Ordinal))
        {
            return husk with { IsEmptyDirectory = facts.IsDirectory && IsEmpty(path) };
        }

        string gitDirectory = pointer[Pointer.Length..].Trim();
        gitDirectory = gitDirectory.StartsWith('/') ? gitDirectory : path + "/" + gitDirectory;
        if (!Belongs(gitDirectory, commonDirectory))
        {
            return husk;
        }

        string head = ReadText(gitDirectory, RefNames.Head) ?? "";
        string target = head.StartsWith(Symbolic, StringComparison.Ordinal) ? head[Symbolic.Length..].Trim() : head;
        return new WorktreeSite { GitDirectory = gitDirectory, Head = RefNames.BranchOf(target) ?? target };
    }

    /// <summary>Whether the directory that the worktree is to be in is a link out of the project, where nothing may be made (DESIGN §11).</summary>
    private static bool LeadsOut(string root, string directory)
    {
        int descriptor = ProjectFiles.Open(root, directory[(root.TrimEnd('/').Length + 1)..], OpenFlags.PathOnly | OpenFlags.Directory);
        if (descriptor >= 0)
        {
            Posix.Close(descriptor);
        }

        return descriptor == -Errno.CrossDevice;
    }

    private static bool IsEmpty(string path)
    {
        DirectoryEntries.TryOpen(path, ".", out var entries);
        using (entries)
        {
            return entries is not null && !entries.MoveNext();
        }
    }

    /// <summary>Whether a worktree's git directory is one of the repository's: both resolve to the same place.</summary>
    private static bool Belongs(string gitDirectory, string commonDirectory) =>
        Posix.Stat(gitDirectory + "/../..", out var common) >= 0 && Posix.Stat(commonDirectory, out var ours) >= 0 && common.IsSameFileAs(ours);

    private static string? ReadText(string root, string name)
    {
        var outcome = ProjectFiles.TryRead(root, name, MaxPointerBytes, out var bytes);
        using (bytes)
        {
            return outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).Trim() : null;
        }
    }
}
