using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>Where git is. Looked up once: execvp's search would cost a failed call for every directory of PATH, every time.</summary>
internal static class GitExecutable
{
    private const string Name = "git";

    private const uint AnyExecute = 0x49;

    /// <summary>The first <c>git</c> on <paramref name="path"/>. Relative directories are passed over: they would run whatever a project holds.</summary>
    public static Result<string> Find(string? path)
    {
        foreach (var range in (path ?? "").Split(':'))
        {
            string candidate = range + "/" + Name;
            if (range.StartsWith('/') && Posix.Stat(candidate, out var facts) >= 0 && facts.IsRegular && (facts.Permissions & AnyExecute) != 0)
            {
                return candidate;
            }
        }

        return new Failure(ErrorCode.GitNotFound, Messages.GitNotFound(GitVersion.Oldest.Text));
    }
}
