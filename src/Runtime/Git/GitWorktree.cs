using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>A checkout of the repository: the main one, or one that <c>git worktree add</c> made.</summary>
internal sealed class GitWorktree
{
    private static string[] OperationFiles => ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "sequencer", "rebase-apply/applying"];

    private static string[] BusyFiles => ["rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START"];

    /// <summary>Absolute path; it need not exist any more.</summary>
    public required string Path { get; init; }

    /// <summary>Absolute path of its own git directory.</summary>
    public required string GitDirectory { get; init; }

    public required GitHead Head { get; init; }

    public required bool IsMain { get; init; }

    /// <summary>Why one of the answers below could not be told: the machine failed at the look. Null if none did so far.</summary>
    public Failure? Fault { get; private set; }

    /// <summary>Whether <c>git worktree lock</c> forbids its removal.</summary>
    public bool IsLocked => !IsMain && IsThere("locked");

    public string IndexLock => GitDirectory + "/index.lock";

    /// <summary>Whether a merge, a cherry-pick, a revert or the applying of patches waits to be concluded.</summary>
    public bool HasOperation
    {
        get
        {
            foreach (string name in OperationFiles)
            {
                if (IsThere(name))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The branch that a rebase under way will move when it is done, or a bisection will return to; null without one.</summary>
    public string? BusyBranch
    {
        get
        {
            foreach (string name in BusyFiles)
            {
                var outcome = ProjectFiles.TryRead(GitDirectory, name, 4096, out var bytes);
                using (bytes)
                {
                    Note(outcome, name);
                    if (outcome.IsOk)
                    {
                        string branch = System.Text.Encoding.UTF8.GetString(bytes.Span).Trim();
                        return RefNames.BranchOf(branch) ?? branch;
                    }
                }
            }

            return null;
        }
    }

    public bool HasBranch(string branch) => string.Equals(Head.Branch, branch, StringComparison.Ordinal);

    private bool IsThere(string name)
    {
        int error = Posix.Stat(GitDirectory + "/" + name, out _);
        if (error < 0)
        {
            Note(ReadOutcome.Of(error), name);
        }

        return error >= 0;
    }

    private void Note(ReadOutcome outcome, string name) => Fault ??= outcome.IsFault ? outcome.ToFailure("read", GitDirectory + "/" + name) : null;
}
