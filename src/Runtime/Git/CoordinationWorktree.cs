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
    private const int MaxPointerBytes = 8 * 1024;
    private const string Pointer = "gitdir:";
    private const string Symbolic = "ref:";
    private const string BranchPrefix = "refs/heads/";

    /// <summary>Races for the index that are lost before it counts as held.</summary>
    private const int MostLost = 5;

    private readonly string _commonDirectory;
    private readonly string _mainCheckout;
    private readonly Deadline _deadline;

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
        (State, ActualBranch) = Look();
    }

    public string Path { get; }

    public string Branch { get; }

    public CoordinationState State { get; private set; }

    /// <summary>What is checked out in a worktree that is <see cref="CoordinationState.Elsewhere"/>.</summary>
    public string ActualBranch { get; private set; }

    /// <summary>The commit that the branch is at; null if there is no such branch.</summary>
    public Result<string?> Tip() =>
        GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out var failure) ? new GitRefs(_commonDirectory, git).Find(BranchPrefix + Branch) : failure;

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

    /// <summary>Adds the worktree at the branch. Null when it is there; else nothing of it is, or the failure says so.</summary>
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
            if (failure is not null || State == CoordinationState.Ready)
            {
                return failure;
            }

            failure = Run(git, new GitOptions(), "worktree", "add", "-q", Path, Branch);
            if (failure is not null && failure.Code == ErrorCode.GitFailed)
            {
                // A directory that somebody removed by hand is still registered.
                failure = Run(git, new GitOptions(), "worktree", "prune") ?? Run(git, new GitOptions(), "worktree", "add", "-q", Path, Branch);
            }

            LookAgain();
            return failure is null ? null : Without(failure, IsThere() ? Remove(git) : null);
        }
    }

    /// <summary>Looks whether it is there as of now: who waited for a lock may have seen what is no longer so.</summary>
    public void LookAgain() => (State, ActualBranch) = Look();

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

    /// <summary>Commits exactly these files, hooks run; one process where git knows them already. Null when the commit is there.</summary>
    /// <param name="message">The commit's message.</param>
    /// <param name="files">Paths from the worktree's top.</param>
    /// <param name="areNew">Some of them are not known to git yet.</param>
    public Failure? Commit(string message, ReadOnlySpan<string> files, bool areNew)
    {
        if (!GitRunner.Create(_mainCheckout, _deadline).Try(out var git, out var failure))
        {
            return failure;
        }

        using (git)
        {
            string before = HeadCommit();
            bool isIncluded = false;
            for (int lost = 0; ;)
            {
                failure = areNew && !isIncluded ? Include(git, files) : null;
                isIncluded = areNew && failure is null;
                failure ??= CommitOnly(git, message, files);
                if (failure is null)
                {
                    return null;
                }

                // The deadline may have come after the ref had moved: then the commit is there, whatever became of its process.
                bool hasMoved = HasMovedSince(before);
                if (hasMoved && IsCommitted(files))
                {
                    return null;
                }

                if (!areNew && !hasMoved && !Knows(git, files))
                {
                    // They were there before this call, but never committed: one that was killed had just written them.
                    areNew = true;
                }
                else if (lost++ == MostLost || !IsRaceLost(failure, hasMoved) || !IndexLock.WaitFreeOrStale(IndexLockPath(), _deadline))
                {
                    break;
                }
            }

            if (isIncluded)
            {
                git.BeginUndo();
                Run(git, new GitOptions { Directory = Path }, ["reset", "-q", "--", .. files]);
            }

            return failure;
        }
    }

    /// <summary>
    /// A git that outlived the call which started it still commits that call's rows: it holds the index for a moment, or has moved the branch. To try again is safe.
    /// </summary>
    private static bool IsRaceLost(Failure failure, bool hasMoved) =>
        failure.Code == ErrorCode.GitFailed && (hasMoved || failure.Message.Contains("index.lock", StringComparison.Ordinal));

    /// <summary>Whether the branch has these files as they are in the worktree, asked whatever signal or deadline came.</summary>
    private bool IsCommitted(ReadOnlySpan<string> files)
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

    private Failure? CommitOnly(GitRunner git, string message, ReadOnlySpan<string> files)
    {
        var options = new GitOptions { Directory = Path, RunsHooks = true, Configuration = ["-c", "maintenance.auto=false", "-c", "commit.gpgsign=false"] };
        return Run(git, options, ["commit", "-q", "--only", "-m", message, "--", .. files]);
    }

    /// <summary>Makes files known to git, ignored ones too.</summary>
    private Failure? Include(GitRunner git, ReadOnlySpan<string> files) => Run(git, new GitOptions { Directory = Path }, ["add", "--force", "--", .. files]);

    private bool Knows(GitRunner git, ReadOnlySpan<string> files) => Run(git, new GitOptions { Directory = Path }, ["ls-files", "--error-unmatch", "--", .. files]) is null;

    private bool HasMovedSince(string commit)
    {
        string now = HeadCommit();
        return now.Length > 0 && now != commit;
    }

    /// <summary>The branch's commit as its file says; empty where it is packed or there is none.</summary>
    private string HeadCommit() => ReadText(_commonDirectory, BranchPrefix + Branch) ?? "";

    private string IndexLockPath() =>
        (GitDirectoryOf(ReadText(Path, ".git") ?? "") ?? _commonDirectory) + "/index.lock";

    private bool IsThere() => State != CoordinationState.Absent || UnfinishedWorktree.Is(_commonDirectory, Path);

    private Failure? Remove(GitRunner git)
    {
        git.BeginUndo();
        var left = UnfinishedWorktree.Remove(git, _commonDirectory, Path);
        LookAgain();
        return left;
    }

    /// <summary>A failure, and in its effect whether something of the worktree is left.</summary>
    private static Failure Without(Failure because, Failure? left) =>
        left is null ? because : new Failure(because.Code, because.Message, because.Data) { Effect = Effect.Indeterminate, Retryable = because.Retryable };

    private static Failure? Run(GitRunner git, GitOptions options, params ReadOnlySpan<string> arguments) =>
        git.Run(options, arguments).Try(out var outcome, out var failure) ? outcome.IsSuccess ? null : outcome.ToFailure() : failure;

    /// <summary>Where the pointer in a worktree's <c>.git</c> leads; null for another content.</summary>
    private string? GitDirectoryOf(string pointer)
    {
        if (!pointer.StartsWith(Pointer, StringComparison.Ordinal))
        {
            return null;
        }

        string directory = pointer[Pointer.Length..].Trim();
        return directory.StartsWith('/') ? directory : Path + "/" + directory;
    }

    private (CoordinationState State, string ActualBranch) Look()
    {
        if (Posix.Stat(Path, out _, followLink: false) < 0)
        {
            return (CoordinationState.Absent, "");
        }

        if (GitDirectoryOf(ReadText(Path, ".git") ?? "") is not { } gitDirectory)
        {
            // git makes the directory before the pointer.
            return (UnfinishedWorktree.Is(_commonDirectory, Path) ? CoordinationState.Unfinished : CoordinationState.Husk, "");
        }

        if (!BelongsHere(gitDirectory))
        {
            return (CoordinationState.Husk, "");
        }

        if (UnfinishedWorktree.IsMarked(gitDirectory))
        {
            return (CoordinationState.Unfinished, "");
        }

        if (ReadText(gitDirectory, "HEAD") is not { } head)
        {
            return (CoordinationState.Husk, "");
        }

        string target = head.StartsWith(Symbolic, StringComparison.Ordinal) ? head[Symbolic.Length..].Trim() : head;
        string branch = target.StartsWith(BranchPrefix, StringComparison.Ordinal) ? target[BranchPrefix.Length..] : target;
        return branch == Branch ? (CoordinationState.Ready, branch) : (CoordinationState.Elsewhere, branch);
    }

    /// <summary>Whether a worktree's git directory is one of this repository's: both resolve to the same place.</summary>
    private bool BelongsHere(string gitDirectory) =>
        Posix.Stat(gitDirectory + "/../..", out var common) >= 0 && Posix.Stat(_commonDirectory, out var ours) >= 0 && common.IsSameFileAs(ours);

    private static string? ReadText(string root, string name)
    {
        var outcome = ProjectFiles.TryRead(root, name, MaxPointerBytes, out var bytes);
        using (bytes)
        {
            return outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).Trim() : null;
        }
    }

    /// <summary>What <c>cat-file --batch</c> said about one object: <c>oid blob size LF content LF</c>, or that it is missing.</summary>
    private static byte[] BlobOf(ReadOnlySpan<byte> output)
    {
        int headEnd = output.IndexOf((byte)'\n');
        bool isBlob = headEnd > 0 && output[..headEnd].IndexOf(" blob "u8) > 0;
        return isBlob ? output[(headEnd + 1)..^1].ToArray() : [];
    }
}
