using System;
using System.Text;
using SpecKitty.Contract;
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

    /// <summary>Why it could not be told what is there: the machine failed at the look. Null where it could.</summary>
    public Failure? Fault { get; private init; }

    /// <param name="root">Absolute path of the project.</param>
    /// <param name="path">Absolute path of the place, below the project.</param>
    /// <param name="commonDirectory">Absolute path of the directory that all worktrees of the repository share; null where there is none.</param>
    public static WorktreeSite Of(string root, string path, string? commonDirectory)
    {
        Failure? fault = null;
        var site = Look(root, path, commonDirectory, ref fault);
        return fault is null ? site : new WorktreeSite { Head = "", Fault = fault };
    }

    private static WorktreeSite Look(string root, string path, string? commonDirectory, ref Failure? fault)
    {
        var husk = new WorktreeSite { Head = "" };
        if (LeadsOut(root, path[..path.LastIndexOf('/')], ref fault))
        {
            return husk;
        }

        if (!IsThere(path, out var facts, ref fault, followLink: false))
        {
            return new WorktreeSite { IsAbsent = true, Head = "" };
        }

        if (commonDirectory is null || ReadText(path, ".git", ref fault) is not { } pointer || !pointer.StartsWith(Pointer, StringComparison.Ordinal))
        {
            return husk with { IsEmptyDirectory = facts.IsDirectory && IsEmpty(path, ref fault) };
        }

        string gitDirectory = pointer[Pointer.Length..].Trim();
        gitDirectory = gitDirectory.StartsWith('/') ? gitDirectory : path + "/" + gitDirectory;
        if (!Belongs(gitDirectory, commonDirectory, ref fault))
        {
            return husk;
        }

        string head = ReadText(gitDirectory, RefNames.Head, ref fault) ?? "";
        string target = head.StartsWith(Symbolic, StringComparison.Ordinal) ? head[Symbolic.Length..].Trim() : head;
        return new WorktreeSite { GitDirectory = gitDirectory, Head = RefNames.BranchOf(target) ?? target };
    }

    /// <summary>Whether the directory that the worktree is to be in is a link out of the project, where nothing may be made (DESIGN §11).</summary>
    private static bool LeadsOut(string root, string directory, ref Failure? fault)
    {
        int descriptor = ProjectFiles.Open(root, directory[(root.TrimEnd('/').Length + 1)..], OpenFlags.PathOnly | OpenFlags.Directory);
        if (descriptor >= 0)
        {
            Posix.Close(descriptor);
            return false;
        }

        Note(ReadOutcome.Of(descriptor), directory, ref fault);
        return descriptor == -Errno.CrossDevice;
    }

    private static bool IsEmpty(string path, ref Failure? fault)
    {
        Note(DirectoryEntries.TryOpen(path, ".", out var entries), path, ref fault);
        if (entries is null)
        {
            return false;
        }

        using (entries)
        {
            bool isEmpty = !entries.MoveNext();
            Note(ReadOutcome.Of(-entries.Errno), path, ref fault);
            return isEmpty;
        }
    }

    /// <summary>Whether a worktree's git directory is one of the repository's: both resolve to the same place.</summary>
    private static bool Belongs(string gitDirectory, string commonDirectory, ref Failure? fault) =>
        IsThere(gitDirectory + "/../..", out var common, ref fault) && IsThere(commonDirectory, out var ours, ref fault) && common.IsSameFileAs(ours);

    private static bool IsThere(string path, out FileFacts facts, ref Failure? fault, bool followLink = true)
    {
        int error = Posix.Stat(path, out facts, followLink);
        if (error < 0)
        {
            Note(ReadOutcome.Of(error), path, ref fault);
        }

        return error >= 0;
    }

    private static string? ReadText(string root, string name, ref Failure? fault)
    {
        var outcome = ProjectFiles.TryRead(root, name, MaxPointerBytes, out var bytes);
        using (bytes)
        {
            Note(outcome, root + "/" + name, ref fault);
            return outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).Trim() : null;
        }
    }

    private static void Note(ReadOutcome outcome, string path, ref Failure? fault) =>
        fault ??= outcome.IsFault ? outcome.ToFailure("read", path) : null;
}
