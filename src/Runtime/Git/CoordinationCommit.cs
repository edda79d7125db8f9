using System;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>
/// A commit of the status on a coordination branch, begun before its files are written, so that git starts while the rows become durable (docs/adr/0019).
/// Disposed unfinished, it leaves no trace.
/// </summary>
internal sealed class CoordinationCommit : IDisposable
{
    /// <summary>Races for the index that are lost before it counts as held.</summary>
    private const int MostLost = 5;

    /// <summary>The status of <c>git ls-files --error-unmatch</c> for a path that is not in the index.</summary>
    private const int Unmatched = 1;

    private readonly CoordinationWorktree _worktree;
    private readonly GitRunner _git;
    private readonly string _message;
    private readonly string _before;
    private WaitingCommit? _waiting;
    private bool _areNew;

    private CoordinationCommit(CoordinationWorktree worktree, GitRunner git, string message, bool areNew)
    {
        _worktree = worktree;
        _git = git;
        _message = message;
        _areNew = areNew;
        _before = worktree.HeadCommit();
    }

    /// <summary>Begins one; <see cref="CoordinationWorktree.BeginCommit"/>. Files that git does not know have to be told to it first, so that its commit starts after them.</summary>
    public static Result<CoordinationCommit> Begin(CoordinationWorktree worktree, GitRunner git, string message, bool areNew)
    {
        var commit = new CoordinationCommit(worktree, git, message, areNew);
        if (areNew || commit.Start().Try(out commit._waiting, out var failure))
        {
            return commit;
        }

        commit.Dispose();
        return failure;
    }

    /// <summary>Commits exactly these files, hooks run; one process where git knows them already. Null when the commit is there.</summary>
    /// <param name="paths">Paths from the worktree's top.</param>
    public Failure? Finish(ReadOnlySpan<string> paths)
    {
        var files = new string[paths.Length];
        for (int i = 0; i < files.Length; i++)
        {
            files[i] = Pathspec.Literal(paths[i]);
        }

        bool isIncluded = false;
        Failure? failure;
        for (int lost = 0; ;)
        {
            failure = _areNew && !isIncluded ? Include(files) : null;
            isIncluded = _areNew && failure is null;
            failure ??= Commit(files);
            if (failure is null)
            {
                return null;
            }

            // The deadline may have come after the ref had moved: then the commit is there, whatever became of its process.
            bool hasMoved = HasMoved();
            if (hasMoved && _worktree.IsCommitted(files))
            {
                return null;
            }

            if (!_areNew && !hasMoved && AreUnknown(files))
            {
                // They were there before this call, but never committed: one that was killed had just written them.
                _areNew = true;
            }
            else if (lost++ == MostLost || !IsRaceLost(failure, hasMoved) || !_worktree.WaitForIndex())
            {
                break;
            }
        }

        if (isIncluded)
        {
            _git.BeginUndo();
            Run("reset", "-q", "--", files);
        }

        return failure;
    }

    public void Dispose()
    {
        _waiting?.Dispose();
        _git.Dispose();
    }

    /// <summary>
    /// A git that outlived the call which started it still commits that call's rows: it holds the index for a moment, or has moved the branch. To try again is safe.
    /// </summary>
    private static bool IsRaceLost(Failure failure, bool hasMoved) =>
        failure.Code == ErrorCode.GitFailed && (hasMoved || failure.Message.Contains("index.lock", StringComparison.Ordinal));

    private Result<WaitingCommit> Start() => WaitingCommit.Start(_git, _worktree.Path, _message);

    /// <summary>One try, with the process that waits where there is one.</summary>
    private Failure? Commit(string[] files)
    {
        var process = _waiting;
        _waiting = null;
        if (process is null && !Start().Try(out process, out var failure))
        {
            return failure;
        }

        using (process)
        {
            return !process!.Finish(files).Try(out var outcome, out failure) ? failure
                : outcome.IsSuccess ? null : CommitFailures.Of(_git, outcome);
        }
    }

    /// <summary>Makes files known to git, ignored ones too.</summary>
    private Failure? Include(string[] files) => Run("add", "--force", "--", files);

    /// <summary>Whether git says that it does not know them, which a git that could not be asked does not say.</summary>
    private bool AreUnknown(string[] files) =>
        _git.Run(new GitOptions { Directory = _worktree.Path }, ["ls-files", "--error-unmatch", "--", .. files]).Try(out var outcome, out _) && outcome.ExitStatus == Unmatched;

    private bool HasMoved()
    {
        string now = _worktree.HeadCommit();
        return now.Length > 0 && now != _before;
    }

    private Failure? Run(string command, string option, string last, string[] files) =>
        _git.Run(new GitOptions { Directory = _worktree.Path }, [command, option, last, .. files]).Try(out var outcome, out var failure)
            ? outcome.IsSuccess ? null : outcome.ToFailure()
            : failure;
}
