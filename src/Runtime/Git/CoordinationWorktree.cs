using System;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// The worktree that a mission's status is kept in, and its branch (DESIGN §8). Looked at through files, so that a read spawns nothing while the worktree exists.
/// </summary>
internal sealed class CoordinationWorktree
{
    private const int MaxRefBytes = 4 * 1024;
    private const int MaxIndexBytes = 512 * 1024 * 1024;
    private const string IndexName = "index";

    private readonly string _commonDirectory;
    private readonly string _mainCheckout;
    private readonly Deadline _deadline;
    private WorktreeSite _site;
    private bool _wasAbsent;

    /// <param name="mainCheckout">Absolute path of the main checkout.</param>
    /// <param name="commonDirectory">Absolute path of the directory that all worktrees share.</param>
    /// <param name="path">Absolute path of the worktree.</param>
    /// <param name="branch">The branch it has to have checked out, without <c>refs/heads/</c>.</param>
    /// <param name="deadline">The call's.</param>
    public CoordinationWorktree(string mainCheckout, string commonDirectory, string path, string branch, Deadline deadline)
    {
        _mainCheckout = mainCheckout;
        _commonDirectory = commonDirectory;
        _deadline = deadline;
        Path = path;
        Branch = branch;
        LookAgain();
    }

    public string Path { get; }

    public string Branch { get; }

    public CoordinationState State { get; private set; }

    /// <summary>What is checked out in a worktree that is <see cref="CoordinationState.Elsewhere"/>.</summary>
    public string ActualBranch => _site.Head;

    /// <summary>Why its state is <see cref="CoordinationState.Unknown"/>; null where it is known.</summary>
    public Failure? Fault { get; private set; }

    /// <summary>The commit that the branch is at; null if there is no such branch.</summary>
    public Result<string?> Tip() =>
        GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out var failure) ? new GitRefs(_commonDirectory, git).Find(RefNames.OfBranch(Branch)) : failure;

    /// <summary>The content of a file at the branch's tip; empty where the commit has no such file. One process.</summary>
    /// <param name="tip">The commit.</param>
    /// <param name="relativePath">Path from the repository's top.</param>
    public Result<byte[]> ReadBlob(string tip, string relativePath)
    {
        if (!GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out var failure))
        {
            return failure;
        }

        using (git)
        {
            // "missing" is an answer of cat-file's and not an error, unlike with every other command that prints a blob.
            var options = new GitOptions { Input = Encoding.UTF8.GetBytes($"{tip}:{relativePath}\n") };
            if (!git.Run(options, "cat-file", "--batch").Try(out var outcome, out failure))
            {
                return failure;
            }

            return outcome.IsSuccess ? BlobOf(outcome.Output) : outcome.ToFailure();
        }
    }

    /// <summary>Adds the worktree at the branch. Null when it is there; else nothing of it is, or the failure says so; it may be tried again where the machine had no room for it.</summary>
    public Failure? Add()
    {
        if (!GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out var failure))
        {
            return failure;
        }

        using (git)
        {
            failure = UnfinishedWorktree.Clear(git, _commonDirectory, Path);
            LookAgain();
            failure ??= Fault;
            if (failure is not null || State == CoordinationState.Ready)
            {
                return failure;
            }

            _wasAbsent = State == CoordinationState.Absent;
            failure = AddBy(git);
            if (failure is not null && failure.Code == ErrorCode.GitFailed && HasRoom())
            {
                // A directory that somebody removed by hand is still registered.
                failure = Run(git, new GitOptions(), "worktree", "prune") ?? AddBy(git);
            }

            // Who was first in between made what is there.
            _wasAbsent &= failure is null || !failure.Message.Contains(" already ", StringComparison.Ordinal);
            LookAgain();
            return failure is null ? null : Without(failure, IsThere() ? Remove(git) : null);
        }
    }

    private Failure? AddBy(GitRunner git) =>
        !git.Run("worktree", "add", "-q", Path, Branch).Try(out var outcome, out var failure) ? failure
            : outcome.IsSuccess ? null : new Failure(ErrorCode.GitFailed, outcome.Describe()) { Retryable = outcome.IsOfTheMachine };

    /// <summary>Whether the directory it belongs into is one, or can be made: where something else has its name, pruning would only forget what is registered.</summary>
    private bool HasRoom()
    {
        string parent = Path[..Path.LastIndexOf('/')];
        return Posix.Stat(parent, out var facts) >= 0 ? facts.IsDirectory : Posix.Stat(parent, out _, followLink: false) == -Errno.NoEntry;
    }

    /// <summary>Looks whether it is there as of now: who waited for a lock may have seen what is no longer so.</summary>
    public void LookAgain()
    {
        _site = WorktreeSite.Of(_mainCheckout, Path, _commonDirectory);
        var fault = _site.Fault;
        bool isUnfinished = !_site.IsAbsent && IsUnfinished(ref fault);
        Fault = fault;
        State = Fault is not null ? CoordinationState.Unknown
            : _site.IsAbsent ? CoordinationState.Absent
            : isUnfinished ? CoordinationState.Unfinished
            : _site.Head.Length == 0 ? CoordinationState.Husk
            : _site.Head == Branch ? CoordinationState.Ready
            : CoordinationState.Elsewhere;
    }

    /// <summary>
    /// Whether a file that is not in the worktree may be in the branch all the same: somebody deleted it, or the worktree was never filled. Told from the index, which
    /// has names in full (but for version 4), so that a branch without status yet costs no process.
    /// </summary>
    public Result<bool> MayHaveLost(string relativePath)
    {
        int found = State == CoordinationState.Ready ? Posix.Stat(Path + "/" + relativePath, out _, followLink: false) : 0;
        if (found >= 0)
        {
            return false;
        }

        if (ReadOutcome.Of(found) is { IsFault: true } unknown)
        {
            return unknown.ToFailure("read", Path + "/" + relativePath);
        }

        var outcome = ProjectFiles.TryRead(_site.GitDirectory!, IndexName, MaxIndexBytes, out var bytes);
        using (bytes)
        {
            return !outcome.IsOk || bytes.Span.StartsWith("DIRC\0\0\0\u0004"u8) || bytes.Span.IndexOf(Encoding.UTF8.GetBytes(relativePath)) >= 0;
        }
    }

    /// <summary>Fills a worktree that was added but not filled, because who added it was killed. Null when there is nothing to do, or it is done.</summary>
    /// <param name="relativePath">A file that is there in a worktree that was filled.</param>
    public Failure? Complete(string relativePath)
    {
        if (!MayHaveLost(relativePath).Try(out bool mayHaveLost, out var failure))
        {
            return failure;
        }

        if (!mayHaveLost || Posix.Stat(_site.GitDirectory + "/" + IndexName, out _) != -Errno.NoEntry)
        {
            return null;
        }

        if (!GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out failure))
        {
            return failure;
        }

        using (git)
        {
            return Run(git, new GitOptions { Directory = Path }, "reset", "-q", "--hard");
        }
    }

    /// <summary>Takes an added worktree away again, because the call that added it failed; that failure, with what is left in its effect.</summary>
    public Failure RemoveAfter(Failure because)
    {
        if (!GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out var failure))
        {
            return Without(because, failure);
        }

        using (git)
        {
            return Without(because, Remove(git));
        }
    }

    /// <summary>Begins a commit on the branch.</summary>
    /// <param name="message">The commit's message.</param>
    /// <param name="areNew">Some of its files are not known to git yet.</param>
    public Result<CoordinationCommit> BeginCommit(string message, bool areNew) =>
        GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out var failure) ? CoordinationCommit.Begin(this, git, message, areNew) : failure;

    /// <summary>The branch's commit as its file says; empty where it is packed or there is none.</summary>
    public string HeadCommit()
    {
        var outcome = ProjectFiles.TryRead(_commonDirectory, RefNames.OfBranch(Branch), MaxRefBytes, out var bytes);
        using (bytes)
        {
            return outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).Trim() : "";
        }
    }

    /// <summary>Whether the branch has these files as they are in the worktree, asked whatever signal or deadline came.</summary>
    public bool IsCommitted(string[] files)
    {
        if (!GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out _))
        {
            return false;
        }

        using (git)
        {
            git.BeginUndo();
            return Run(git, new GitOptions { Directory = Path }, ["diff", "--quiet", "HEAD", "--", .. files]) is null;
        }
    }

    /// <summary>Waits until nobody holds the index, and removes a lock that a killed git left. False when neither came in time.</summary>
    public bool WaitForIndex() => IndexLock.WaitFreeOrStale((_site.GitDirectory ?? _commonDirectory) + "/" + IndexName + ".lock", _deadline);

    /// <summary>Whether git is still at it, or was killed at it; it makes the directory before the pointer.</summary>
    private bool IsUnfinished(ref Failure? fault) =>
        _site.GitDirectory is { } own ? UnfinishedWorktree.IsMarked(own, ref fault) : UnfinishedWorktree.Is(_commonDirectory, Path, ref fault);

    /// <summary>True too where that cannot be told.</summary>
    private bool IsThere()
    {
        Failure? unknown = null;
        return State != CoordinationState.Absent || UnfinishedWorktree.Is(_commonDirectory, Path, ref unknown) || unknown is not null;
    }

    private Failure? Remove(GitRunner git)
    {
        git.BeginUndo();
        var left = UnfinishedWorktree.Remove(git, _commonDirectory, Path, _wasAbsent);
        LookAgain();
        return left;
    }

    /// <summary>A failure, and in its effect whether something of the worktree is left.</summary>
    private static Failure Without(Failure because, Failure? left) =>
        left is null ? because : because.With(Effect.Indeterminate);

    private static Failure? Run(GitRunner git, GitOptions options, params ReadOnlySpan<string> arguments) =>
        git.Run(options, arguments).Try(out var outcome, out var failure) ? outcome.IsSuccess ? null : outcome.ToFailure() : failure;

    /// <summary>What <c>cat-file --batch</c> said about one object: <c>oid blob size LF content LF</c>, or that it is missing.</summary>
    private static byte[] BlobOf(ReadOnlySpan<byte> output)
    {
        int headEnd = output.IndexOf((byte)'\n');
        bool isBlob = headEnd > 0 && output[..headEnd].IndexOf(" blob "u8) > 0;
        return isBlob ? output[(headEnd + 1)..^1].ToArray() : [];
    }
}
