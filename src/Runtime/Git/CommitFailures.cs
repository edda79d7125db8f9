using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>Tells commits that a hook refuses, or that nobody can be named for, from those that failed in passing: a caller who tries the former again tries for ever.</summary>
internal static class CommitFailures
{
    /// <summary>The status of <c>git commit</c> when a hook says no; what git itself cannot do ends with 128.</summary>
    private const int Refused = 1;

    /// <summary>The failure of a commit, with git's own words.</summary>
    public static Failure Of(GitRunner git, GitOutcome outcome, ErrorCode code = ErrorCode.GitFailed) =>
        new(code, outcome.Describe()) { Retryable = outcome.Signal != 0 || (outcome.ExitStatus != Refused && HasIdentity(git)) };

    private static bool HasIdentity(GitRunner git) =>
        !git.Run("var", "GIT_COMMITTER_IDENT").Try(out var committer, out _) || committer.IsSuccess;
}
