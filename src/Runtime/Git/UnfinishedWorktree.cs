using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// A worktree that <c>git worktree add</c> has begun and not ended; git marks it with a lock of its own that says so. Either git is still at it, left behind by a
/// call that was killed, or it was killed too. Then what it made is taken away: nobody can have worked in it.
/// </summary>
internal static class UnfinishedWorktree
{
    /// <summary>Milliseconds that a git which lost its caller has to end.</summary>
    private const int Patience = 5000;

    /// <summary>Nanoseconds between two looks.</summary>
    private const long Pause = 5_000_000;

    private const int MaxPointerBytes = 8 * 1024;
    private const string Mark = "locked";
    private const string Pointer = "gitdir:";
    private const string Initializing = "initializing";

    /// <summary>Whether a worktree at <paramref name="path"/> was begun and not ended.</summary>
    /// <param name="commonDirectory">Absolute path of the directory that all worktrees share.</param>
    /// <param name="path">Absolute path of the worktree.</param>
    /// <param name="fault">Set if the machine failed, so that this could not be told; else left alone.</param>
    public static bool Is(string commonDirectory, string path, ref Failure? fault) => FindMark(commonDirectory, path, ref fault) is not null;

    /// <summary>The same, of a worktree's git directory.</summary>
    public static bool IsMarked(string gitDirectory, ref Failure? fault) => ReadText(gitDirectory, Mark, ref fault) is { } reason && reason.StartsWith(Initializing, StringComparison.Ordinal);

    /// <summary>Waits for its end, or takes it away. Null when nothing unfinished is left.</summary>
    public static Failure? Clear(GitRunner git, string commonDirectory, string path)
    {
        long end = Clock.MonotonicMilliseconds() + Patience;
        Failure? fault = null;
        while (Is(commonDirectory, path, ref fault))
        {
            if (Clock.MonotonicMilliseconds() >= end)
            {
                return Remove(git, commonDirectory, path);
            }

            if ((Signals.Failure() ?? (git.Deadline.IsOver ? git.Deadline.Exceeded("a worktree was being made") : null)) is { } stop)
            {
                return stop;
            }

            Posix.Sleep(Pause);
        }

        return fault;
    }

    /// <summary>Takes a worktree away, whole or unfinished. Null when it is gone; else a failure that says that something is left.</summary>
    /// <param name="git">Runs it.</param>
    /// <param name="commonDirectory">Absolute path of the directory that all worktrees share.</param>
    /// <param name="path">Absolute path of the worktree.</param>
    /// <param name="isOurs">Nothing was there before this call: what git does not take for a worktree any more is what a git that was ended left of it.</param>
    public static Failure? Remove(GitRunner git, string commonDirectory, string path, bool isOurs = false)
    {
        Failure? unknown = null;
        string? mark = FindMark(commonDirectory, path, ref unknown);
        if (mark is not null)
        {
            Posix.Unlink(mark);
        }

        if (!git.Run("worktree", "remove", "--force", path).Try(out var removed, out var failure))
        {
            // Where git cannot be started now it may have been so before, and nothing was made.
            return mark is null && unknown is null && IsGone(path) ? null : new Failure(failure.Code, failure.Message, failure.Data) { Effect = Effect.Indeterminate };
        }

        if (mark is not null && !removed.IsSuccess)
        {
            // So little of it was made that git does not take it for a worktree: the pointer at most.
            Posix.Unlink(path + "/.git");
            Posix.RemoveDirectory(path);
            git.Run("worktree", "prune");
        }

        if (isOurs && !removed.IsSuccess && Posix.Stat(path + "/.git", out _, followLink: false) == -Errno.NoEntry)
        {
            DirectoryTree.Remove(path);
        }

        return IsGone(path) ? null : removed.ToFailure(effect: Effect.Indeterminate);
    }

    private static bool IsGone(string path) => Posix.Stat(path, out _, followLink: false) == -Errno.NoEntry;

    /// <summary>The file with git's mark; null where there is none.</summary>
    private static string? FindMark(string commonDirectory, string path, ref Failure? fault)
    {
        // While it has no pointer yet, only the name that git chooses first tells which one it is.
        string directory = ReadText(path, ".git", ref fault) is { } pointer && pointer.StartsWith(Pointer, StringComparison.Ordinal)
            ? pointer[Pointer.Length..].Trim()
            : commonDirectory + "/worktrees" + path[path.LastIndexOf('/')..];
        directory = directory.StartsWith('/') ? directory : path + "/" + directory;
        return IsMarked(directory, ref fault) ? directory + "/" + Mark : null;
    }

    private static string? ReadText(string root, string name, ref Failure? fault)
    {
        var outcome = ProjectFiles.TryRead(root, name, MaxPointerBytes, out var bytes);
        using (bytes)
        {
            fault ??= outcome.IsFault ? outcome.ToFailure("read", root + "/" + name) : null;
            return outcome.IsOk ? System.Text.Encoding.UTF8.GetString(bytes.Span).Trim() : null;
        }
    }
}
