using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>A checkout, and what was uncommitted in it when it was looked at.</summary>
/// <param name="Worktree">The checkout.</param>
/// <param name="Status">What git said.</param>
/// <param name="Since">When it was asked: nanoseconds since 1970.</param>
internal sealed record WorktreeView(GitWorktree Worktree, WorktreeStatus Status, long Since)
{
    /// <summary>Changed files that are not the mission's own; Latin-1 images of paths.</summary>
    public List<string> Foreign(BookkeepingFiles files)
    {
        var foreign = new List<string>();
        foreach (string path in Status.Changed)
        {
            if (!files.Contains(path))
            {
                foreign.Add(path);
            }
        }

        return foreign;
    }

    /// <summary>Changed files that are the mission's own.</summary>
    public List<string> Own(BookkeepingFiles files)
    {
        var own = new List<string>();
        foreach (string path in Status.Changed)
        {
            if (files.Contains(path))
            {
                own.Add(path);
            }
        }

        return own;
    }

    /// <summary>Adds the own files that the checkout has deleted, which the merge deletes too. A failure where that cannot be told.</summary>
    public Failure? AddGone(BookkeepingFiles files, List<string> gone)
    {
        foreach (string own in Own(files))
        {
            string path = Worktree.Path + "/" + BookkeepingFiles.Text(own);
            if (!files.IsStatus(own) && Posix.Stat(path, out _, followLink: false) is < 0 and var error)
            {
                if (error is not (-Errno.NoEntry or -Errno.NotDirectory))
                {
                    return FileErrors.ToFailure("read", path, error);
                }

                gone.Add(own);
            }
        }

        return null;
    }
}
