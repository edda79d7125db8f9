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
        foreach (string name in Names(commonDirectory))
        {
            string directory = commonDirectory + "/" + LinkedDirectory + "/" + name;
            // One whose directory is gone holds its branch no more than a closed book its reader; git prunes it some day.
            if (PathOf(directory) is not { } path || Posix.Stat(path + DotGit, out _) < 0)
            {
                continue;
            }

            if (!refs.HeadOf(directory, path).Try(out head, out failure))
            {
                return failure;
            }

            worktrees.Add(new GitWorktree { Path = path, GitDirectory = directory, Head = head, IsMain = false });
        }

        return worktrees;
    }

    private static List<string> Names(string commonDirectory)
    {
        var names = new List<string>();
        DirectoryEntries.TryOpen(commonDirectory, LinkedDirectory, out var entries);
        if (entries is not null)
        {
            using (entries)
            {
                while (entries.MoveNext())
                {
                    names.Add(Encoding.UTF8.GetString(entries.Name));
                }
            }
        }

        CollectionsMarshal.AsSpan(names).Sort(CodePointOrder.Compare);
        return names;
    }

    /// <summary>The checkout of a linked worktree's directory: <c>gitdir</c> has the path of its <c>.git</c> file, since git 2.48 perhaps a relative one.</summary>
    private static string? PathOf(string directory)
    {
        var outcome = ProjectFiles.TryRead(directory, "gitdir", MaxPointerBytes, out var bytes);
        using (bytes)
        {
            string path = outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n', '\r') : "";
            if (!path.EndsWith(DotGit, System.StringComparison.Ordinal))
            {
                return null;
            }

            path = path[..^DotGit.Length];
            return path.StartsWith('/') ? path : System.IO.Path.GetFullPath(directory + "/" + path);
        }
    }
}
