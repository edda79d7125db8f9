using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Commands;

/// <summary>
/// Commits one task file and nothing else, with <c>git commit --only</c>: hooks run, and whatever else is staged stays staged. Where the branch may not be
/// committed to, or cannot be now, it leaves the file as it is (DESIGN §9).
/// </summary>
internal static class HistoryCommit
{
    /// <summary>Milliseconds: a lock that is held for longer is somebody's who works on the index.</summary>
    private const int IndexWait = 250;

    /// <summary>Races for the index that are lost before it counts as held.</summary>
    private const int MostLost = 5;

    private const string LockName = "/repository.commit.lock";

    /// <summary>Whether the file is in a commit now.</summary>
    /// <returns>HISTORY_COMMIT_FAILED where git or a hook refused; a failure of effect committed where the commit was made although the call failed.</returns>
    public static Result<bool> Try(Mission mission, string wpId, string path, CallContext context, List<string> warnings)
    {
        var project = context.Project;
        if (project.GitDirectory is not { } common || !path.StartsWith(project.Root + "/", StringComparison.Ordinal))
        {
            return false;
        }

        if (!GitRunner.Create(project.Root, context.Deadline).Try(out var git, out var failure))
        {
            warnings.Add(Messages.HistoryUncommitted(failure.Message));
            return false;
        }

        using (git)
        {
            var refs = new GitRefs(common, git);
            if (!refs.HeadOf(common, project.Root).Try(out var head, out failure))
            {
                return failure;
            }

            if (head.Branch is not { } branch)
            {
                return false;
            }

            if (!ProjectConfig.Load(project).Try(out var config, out failure))
            {
                return failure;
            }

            if (IsProtected(config, branch))
            {
                return false;
            }

            var checkout = new GitWorktree { Path = project.Root, GitDirectory = common, Head = head, IsMain = true };
            if (!refs.Find(RefNames.OfBranch(branch)).Try(out string? tip, out failure))
            {
                return failure;
            }

            if (tip is null)
            {
                return false;
            }

            if (checkout.HasOperation)
            {
                warnings.Add(Messages.HistoryUncommitted(Messages.OperationUnfinished(project.Root)));
                return false;
            }

            if (checkout.Fault is { } unknown)
            {
                return unknown;
            }

            // Calls for other missions commit to the same index; among ourselves there is an order.
            if (!FileLock.Acquire(project.LocksDirectory + LockName, mission.DirectoryName, Deadline.LockTimeout(), context.Deadline).Try(out var held, out failure))
            {
                return failure;
            }

            using (held)
            {
                return Commit(git, checkout, Pathspec.Literal(path[(project.Root.Length + 1)..]), Messages.HistoryCommitSubject(mission.DirectoryName, wpId), tip, warnings);
            }
        }
    }

    /// <summary>Whether the file is, as it is, in the commit that is checked out.</summary>
    public static bool IsCommitted(Mission mission, string path, CallContext context)
    {
        if (mission.Project.GitDirectory is null || !GitRunner.Create(mission.Project.Root, context.Deadline).Try(out var git, out _))
        {
            return false;
        }

        using (git)
        {
            string file = Pathspec.Literal(path);
            return !IsUntracked(git, file) && git.Run("diff", "--quiet", RefNames.Head, "--", file).Try(out var same, out _) && same.IsSuccess;
        }
    }

    private static bool IsProtected(ProjectConfig config, string branch)
    {
        foreach (string name in config.ProtectedBranches)
        {
            if (string.Equals(name, branch, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static Result<bool> Commit(GitRunner git, GitWorktree checkout, string file, string subject, string tip, List<string> warnings)
    {
        bool isAdded = false;
        for (int lost = 0; ;)
        {
            if (lost == MostLost || !IndexLock.WaitFree(checkout.IndexLock, IndexWait, git.Deadline))
            {
                warnings.Add(Messages.HistoryUncommitted(Messages.IndexLocked(checkout.IndexLock)));
                return false;
            }

            var options = new GitOptions
            {
                Configuration = ["-c", "commit.gpgsign=false", "-c", "maintenance.auto=false"], RunsHooks = true, FinishingTime = CommitFailures.FinishingTime,
            };
            if (!git.Run(options, "commit", "--quiet", "--only", "--message", subject, "--", file).Try(out var outcome, out var failure))
            {
                // Ended by the deadline or a signal, perhaps behind the commit itself.
                return IsMoved(checkout, tip, git) ? new Failure(failure.Code, failure.Message) { Effect = Effect.Committed } : failure;
            }

            if (outcome.IsSuccess)
            {
                return true;
            }

            // Somebody took the lock between the look and the commit. Git names the file in every language.
            if (outcome.ErrorText.Contains("index.lock", StringComparison.Ordinal))
            {
                lost++;
                continue;
            }

            if (IsMoved(checkout, tip, git) && git.Run("diff", "--quiet", RefNames.Head, "--", file) is var same && same.Try(out var clean, out _) && clean.IsSuccess)
            {
                warnings.Add(Messages.HistoryCommittedLate(outcome.Describe()));
                return true;
            }

            if (!isAdded && IsUntracked(git, file))
            {
                isAdded = true;
                if (git.Run("add", "--force", "--", file) is var added && !(added.Try(out var add, out _) && add.IsSuccess))
                {
                    return outcome.ToFailure(ErrorCode.HistoryCommitFailed);
                }

                continue;
            }

            if (isAdded)
            {
                git.Run("rm", "--cached", "--quiet", "--", file);
            }

            return CommitFailures.Of(git, outcome, ErrorCode.HistoryCommitFailed);
        }
    }

    /// <summary>A file that git does not know yet cannot be committed by its path alone.</summary>
    private static bool IsUntracked(GitRunner git, string file) =>
        git.Run("ls-files", "--error-unmatch", "--", file).Try(out var outcome, out _) && outcome.ExitStatus == 1;

    private static bool IsMoved(GitWorktree checkout, string tip, GitRunner git) =>
        new GitRefs(checkout.GitDirectory, git).Find(RefNames.OfBranch(checkout.Head.Branch!)).Try(out string? now, out _) && now != tip;
}
