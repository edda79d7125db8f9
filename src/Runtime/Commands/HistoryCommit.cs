using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Commands;

/// <summary>
/// Commits one task file and nothing else, with <c>git commit --only</c>: hooks run, and whatever else is staged stays staged. Where the branch may not be
/// committed to, or cannot be now, there is none (DESIGN §9). Begun before the file is written, so that git starts meanwhile (docs/adr/0019).
/// </summary>
internal sealed class HistoryCommit : IDisposable
{
    /// <summary>Milliseconds: a lock that is held for longer is somebody's who works on the index.</summary>
    private const int IndexWait = 250;

    /// <summary>Races for the index that are lost before it counts as held.</summary>
    private const int MostLost = 5;

    private const string LockName = "/repository.commit.lock";

    private readonly GitRunner _git;
    private readonly GitWorktree _checkout;
    private readonly string _tip;
    private readonly string _subject;
    private readonly string _file;
    private readonly List<string> _warnings;
    private FileLock? _held;
    private WaitingCommit? _waiting;

    private HistoryCommit(GitRunner git, GitWorktree checkout, string tip, string subject, string file, List<string> warnings)
    {
        _git = git;
        _checkout = checkout;
        _tip = tip;
        _subject = subject;
        _file = file;
        _warnings = warnings;
    }

    /// <summary>Begins the commit; null where the file stays without one.</summary>
    /// <param name="mission">The mission.</param>
    /// <param name="wpId">The work package, for the commit's message.</param>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="context">The call's.</param>
    /// <param name="warnings">Take why there is no commit, where that is no rule of the project's.</param>
    public static Result<HistoryCommit?> Begin(Mission mission, string wpId, string path, CallContext context, List<string> warnings)
    {
        var project = context.Project;
        if (project.GitDirectory is null || !path.StartsWith(project.Root + "/", StringComparison.Ordinal))
        {
            return (HistoryCommit?)null;
        }

        if (!GitRunner.Create(project.Root, context.Deadline).Try(out var git, out var failure))
        {
            warnings.Add(Messages.HistoryUncommitted(failure.Message));
            return (HistoryCommit?)null;
        }

        if (!Place(project, git, warnings, out string tip).Try(out var checkout, out failure) || checkout is null)
        {
            git.Dispose();
            return failure is null ? (HistoryCommit?)null : failure;
        }

        var commit = new HistoryCommit(git, checkout, tip, Messages.HistoryCommitSubject(mission.DirectoryName, wpId), Pathspec.Literal(path[(project.Root.Length + 1)..]), warnings);
        if ((commit.Lock(mission, context) ?? commit.Start()) is { } notBegun)
        {
            commit.Dispose();
            return notBegun;
        }

        return commit;
    }

    /// <summary>The checkout that is committed to, and its branch's commit; null where it may not be, or cannot be now.</summary>
    private static Result<GitWorktree?> Place(Project project, GitRunner git, List<string> warnings, out string tip)
    {
        tip = "";
        var refs = new GitRefs(project.GitDirectory!, git);
        if (!refs.HeadOf(project.GitDirectory!, project.Root).Try(out var head, out var failure))
        {
            return failure;
        }

        if (head.Branch is not { } branch)
        {
            return (GitWorktree?)null;
        }

        if (!ProjectConfig.Load(project).Try(out var config, out failure))
        {
            return failure;
        }

        if (IsProtected(config, branch))
        {
            return (GitWorktree?)null;
        }

        var checkout = new GitWorktree { Path = project.Root, GitDirectory = project.GitDirectory!, Head = head, IsMain = true };
        if (!refs.Find(RefNames.OfBranch(branch)).Try(out string? found, out failure))
        {
            return failure;
        }

        if (found is null)
        {
            return (GitWorktree?)null;
        }

        tip = found;
        if (checkout.HasOperation)
        {
            warnings.Add(Messages.HistoryUncommitted(Messages.OperationUnfinished(project.Root)));
            return (GitWorktree?)null;
        }

        return checkout.Fault is { } unknown ? unknown : checkout;
    }

    /// <summary>Calls for other missions commit to the same index; among ourselves there is an order.</summary>
    private Failure? Lock(Mission mission, CallContext context) =>
        FileLock.Acquire(context.Project.LocksDirectory + LockName, mission.DirectoryName, Deadline.LockTimeout(), context.Deadline).Try(out _held, out var failure) ? null : failure;

    private Failure? Start() => WaitingCommit.Start(_git, _checkout.Path, _subject).Try(out _waiting, out var failure) ? null : failure;

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

    /// <summary>Whether the file is in a commit now.</summary>
    /// <returns>HISTORY_COMMIT_FAILED where git or a hook refused; a failure of effect committed where the commit was made although the call failed.</returns>
    public Result<bool> Finish()
    {
        bool isAdded = false;
        for (int lost = 0; ;)
        {
            if (lost == MostLost || !IndexLock.WaitFree(_checkout.IndexLock, IndexWait, _git.Deadline))
            {
                _warnings.Add(Messages.HistoryUncommitted(Messages.IndexLocked(_checkout.IndexLock)));
                return false;
            }

            if (!Commit().Try(out var outcome, out var failure))
            {
                // Ended by the deadline or a signal, perhaps behind the commit itself.
                return IsMoved() ? new Failure(failure.Code, failure.Message) { Effect = Effect.Committed } : failure;
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

            if (IsMoved() && _git.Run("diff", "--quiet", RefNames.Head, "--", _file) is var same && same.Try(out var clean, out _) && clean.IsSuccess)
            {
                _warnings.Add(Messages.HistoryCommittedLate(outcome.Describe()));
                return true;
            }

            if (!isAdded && IsUntracked(_git, _file))
            {
                isAdded = true;
                if (_git.Run("add", "--force", "--", _file) is var added && !(added.Try(out var add, out _) && add.IsSuccess))
                {
                    return outcome.ToFailure(ErrorCode.HistoryCommitFailed);
                }

                continue;
            }

            if (isAdded)
            {
                _git.Run("rm", "--cached", "--quiet", "--", _file);
            }

            return CommitFailures.Of(_git, outcome, ErrorCode.HistoryCommitFailed);
        }
    }

    public void Dispose()
    {
        _waiting?.Dispose();
        _held?.Dispose();
        _git.Dispose();
    }

    /// <summary>One try, with the process that waits where there is one.</summary>
    private Result<GitOutcome> Commit()
    {
        if (_waiting is null && Start() is { } failure)
        {
            return failure;
        }

        using var process = _waiting!;
        _waiting = null;
        return process.Finish(_file);
    }

    private bool IsMoved() =>
        new GitRefs(_checkout.GitDirectory, _git).Find(RefNames.OfBranch(_checkout.Head.Branch!)).Try(out string? now, out _) && now != _tip;

    /// <summary>A file that git does not know yet cannot be committed by its path alone.</summary>
    private static bool IsUntracked(GitRunner git, string file) =>
        git.Run("ls-files", "--error-unmatch", "--", file).Try(out var outcome, out _) && outcome.ExitStatus == 1;
}
