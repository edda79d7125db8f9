using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>The checkouts of a repository, listed from its files (git-worktree(1), DETAILS).</summary>
internal static class GitWorktrees
{
    private const string LinkedDirectory = "worktrees";
    private const int MaxPointerBytes = 8 * 1024;
    private const string DotGit = "/.git";

    /// <summary>All of them, the main one first.</summary>
    /// <param name="commonDirectory">Absolute path of the directory that all share.</param>
    /// <param name="mainCheckout">Absolute path of the main checkout.</param>
    /// <param name="refs">Reads their HEADs.</param>
    public static Result<Items<GitWorktree>> List(string commonDirectory, string mainCheckout, GitRefs refs)
    {
        var worktrees = new Items<GitWorktree>();
        if (!refs.HeadOf(commonDirectory, mainCheckout).Try(out var head, out var failure))
        {
            return failure;
        }

        worktrees.Add(new GitWorktree { Path = mainCheckout, GitDirectory = commonDirectory, Head = head, IsMain = true });
        foreach (string name in Names(commonDirectory, ref failure))
        {
            string directory = commonDirectory + "/" + LinkedDirectory + "/" + name;
            // One whose directory is gone holds its branch no more than a closed book its reader; git prunes it some day.
            if (PathOf(directory, ref failure) is not { } path || !IsThere(path + DotGit, ref failure))
            {
                continue;
            }

            if (!refs.HeadOf(directory, path).Try(out head, out var unread))
            {
                return unread;
            }

            worktrees.Add(new GitWorktree { Path = path, GitDirectory = directory, Head = head, IsMain = false });
        }

        return failure is null ? worktrees : failure;
    }

    private static List<string> Names(string commonDirectory, ref Failure? fault)
    {
        var names = new List<string>();
        string path = commonDirectory + "/" + LinkedDirectory;
        Note(DirectoryEntries.TryOpen(commonDirectory, LinkedDirectory, out var entries), path, ref fault);
        if (entries is not null)
        {
            using (entries)
            {
                while (entries.MoveNext())
                {
                    names.Add(Encoding.UTF8.GetString(entries.Name));
                }

                Note(ReadOutcome.Of(-entries.Errno), path, ref fault);
            }
        }

        CollectionsMarshal.AsSpan(names).Sort(CodePointOrder.Compare);
        return names;
    }

    /// <summary>The checkout of a linked worktree's directory: <c>gitdir</c> has the path of its <c>.git</c> file, since git 2.48 perhaps a relative one.</summary>
    private static string? PathOf(string directory, ref Failure? fault)
    {
        var outcome = ProjectFiles.TryRead(directory, "gitdir", MaxPointerBytes, out var bytes);
        using (bytes)
        {
            Note(outcome, directory + "/gitdir", ref fault);
            string path = outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n', '\r') : "";
            if (!path.EndsWith(DotGit, System.StringComparison.Ordinal))
            {
                return null;
            }

            path = path[..^DotGit.Length];
            return path.StartsWith('/') ? path : System.IO.Path.GetFullPath(directory + "/" + path);
        }
    }

    /// <summary>False too where somebody else keeps it from us: that lasts, and is not ours to judge.</summary>
    private static bool IsThere(string path, ref Failure? fault)
    {
        int error = Posix.Stat(path, out _);
        if (error is < 0 and not -Errno.AccessDenied)
        {
            Note(ReadOutcome.Of(error), path, ref fault);
        }

        return error >= 0;
    }

    private static void Note(ReadOutcome outcome, string path, ref Failure? fault) => fault ??= outcome.IsFault ? outcome.ToFailure("read", path) : null;
}
