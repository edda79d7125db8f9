using System;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// Refs of a repository, read from its files: loose, packed and symbolic ones (gitrepository-layout(5)). What is stored in any other way is asked of git,
/// which costs a process (DESIGN §9).
/// </summary>
internal sealed class GitRefs
{
    private const int MaxLooseBytes = 4 * 1024;
    private const int MaxPackedBytes = 512 * 1024 * 1024;
    private const int MaxSymbolic = 5;
    private const string SymbolicPrefix = "ref:";
    private const string PackedName = "packed-refs";

    private readonly string _common;
    private readonly GitRunner _git;
    private byte[]? _packed;

    /// <param name="commonDirectory">Absolute path of the directory that all worktrees share.</param>
    /// <param name="git">Whom to ask where the files do not tell.</param>
    public GitRefs(string commonDirectory, GitRunner git)
    {
        _common = commonDirectory;
        _git = git;
        AreFiles = Posix.Stat(commonDirectory + "/reftable", out _) == -Errno.NoEntry;
    }

    /// <summary>Whether refs are files at all; in a reftable nothing can be read without git, and git is asked too where that cannot be told.</summary>
    public bool AreFiles { get; }

    /// <summary>The object that a ref points to, through symbolic ones; null if there is no such ref.</summary>
    /// <param name="name">The full name, already known to be valid.</param>
    public Result<string?> Find(string name)
    {
        string current = name;
        for (int i = 0; AreFiles && i < MaxSymbolic; i++)
        {
            string? content = ReadLoose(current, out bool isSure) ?? (isSure ? FindPacked(current, out isSure) : null);
            if (content is null && isSure)
            {
                return (string?)null;
            }

            if (content is null)
            {
                break;
            }

            if (RefNames.IsObjectId(content))
            {
                return content;
            }

            if (!content.StartsWith(SymbolicPrefix, StringComparison.Ordinal))
            {
                break;
            }

            current = content[SymbolicPrefix.Length..].Trim();
        }

        return Ask(name);
    }

    /// <summary>The branch that origin considers its main one; null where that is not known here.</summary>
    public string? OriginDefault()
    {
        string prefix = RefNames.OfOrigin("");
        string? content = AreFiles ? ReadLoose(RefNames.OfOrigin(RefNames.Head), out _) : null;
        if (content is null || !content.StartsWith(SymbolicPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        string name = content[SymbolicPrefix.Length..].Trim();
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
    }

    /// <summary>What the checkout with this git directory has checked out.</summary>
    /// <param name="gitDirectory">Absolute path: the common one for the main checkout, else one in <c>worktrees/</c>.</param>
    /// <param name="checkout">Absolute path of the checkout itself.</param>
    public Result<GitHead> HeadOf(string gitDirectory, string checkout)
    {
        var outcome = ProjectFiles.TryRead(gitDirectory, RefNames.Head, MaxLooseBytes, out var bytes);
        string content;
        using (bytes)
        {
            content = outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).Trim() : "";
        }

        if (AreFiles && RefNames.IsObjectId(content))
        {
            return new GitHead(null, content);
        }

        if (AreFiles && content.StartsWith(SymbolicPrefix, StringComparison.Ordinal) && RefNames.BranchOf(content[SymbolicPrefix.Length..].Trim()) is { } branch)
        {
            return new GitHead(branch, null);
        }

        if (!_git.Run(new GitOptions { Directory = checkout }, "symbolic-ref", "-q", RefNames.Head).Try(out var symbolic, out var failure))
        {
            return failure;
        }

        if (symbolic.IsSuccess)
        {
            return new GitHead(RefNames.BranchOf(symbolic.Text) ?? symbolic.Text, null);
        }

        // Status 1 and silence: it is detached.
        if (symbolic.ExitStatus != 1)
        {
            return symbolic.ToFailure();
        }

        if (!_git.Run(new GitOptions { Directory = checkout }, "rev-parse", "--verify", "-q", RefNames.Head).Try(out var detached, out failure))
        {
            return failure;
        }

        return detached.IsSuccess ? new GitHead(null, detached.Text) : detached.ToFailure();
    }

    private Result<string?> Ask(string name)
    {
        if (!_git.Run("rev-parse", "--verify", "-q", name).Try(out var outcome, out var failure))
        {
            return failure;
        }

        if (outcome.IsSuccess)
        {
            return outcome.Text;
        }

        // Status 1 and silence: there is none.
        return outcome.ExitStatus == 1 ? (string?)null : outcome.ToFailure();
    }

    /// <summary>The content of a ref's own file; null without one. Not sure where there is something that is no plain file.</summary>
    private string? ReadLoose(string name, out bool isSure)
    {
        var outcome = ProjectFiles.TryRead(_common, name, MaxLooseBytes, out var bytes);
        using (bytes)
        {
            // A directory by that name holds other refs; this one may be packed.
            isSure = outcome.Status is ReadStatus.Ok or ReadStatus.Missing or ReadStatus.NotRegular;
            return outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).Trim() : null;
        }
    }

    private string? FindPacked(string name, out bool isSure)
    {
        isSure = true;
        if (_packed is null)
        {
            var outcome = ProjectFiles.TryRead(_common, PackedName, MaxPackedBytes, out var bytes);
            using (bytes)
            {
                isSure = outcome.IsOk || outcome.IsMissing;
                if (!isSure)
                {
                    return null;
                }

                _packed = bytes.Span.ToArray();
            }
        }

        // A line is the object, a space, the name.
        byte[] pattern = Encoding.UTF8.GetBytes(" " + name + "\n");
        int at = _packed.AsSpan().IndexOf(pattern);
        if (at < 0)
        {
            return null;
        }

        int start = _packed.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        return Encoding.UTF8.GetString(_packed.AsSpan(start, at - start));
    }
}
