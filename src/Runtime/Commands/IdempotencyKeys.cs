using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Commands;

/// <summary>Keys by which callers name a call, and the files in which its answer is recorded.</summary>
internal static class IdempotencyKeys
{
    private const int MaxLength = 128;

    /// <summary>Below the directory of the project's locks: shared by all its worktrees, and never part of a commit.</summary>
    private const string DirectoryName = "/idempotency";

    /// <summary>What the name of a key's file ends with.</summary>
    internal const string Suffix = ".jsonl";

    /// <summary>A key is a file's name, whatever the file system.</summary>
    public static Failure? Refuse(string key)
    {
        bool isValid = key.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(key[0]);
        foreach (char c in key)
        {
            isValid &= char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':';
        }

        return isValid ? null : new Failure(ErrorCode.UsageError, Messages.IdempotencyKeyInvalid(Flags.IdempotencyKey));
    }

    /// <summary>Absolute path of a key's file.</summary>
    public static string PathOf(Project project, string key) => DirectoryOf(project) + "/" + key + Suffix;

    /// <summary>Absolute path of the directory of the keys' files, which need not exist yet.</summary>
    public static string DirectoryOf(Project project) => project.LocksDirectory + DirectoryName;
}
