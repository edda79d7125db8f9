using System;
using System.Globalization;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>Reads objects through one <c>git cat-file --batch</c> that is kept open: one process however many are read, and it sees what others write meanwhile.</summary>
internal sealed class ObjectReader : IDisposable
{
    private readonly GitProcess _git;

    private ObjectReader(GitProcess git) => _git = git;

    public static Result<ObjectReader> Start(GitRunner git) =>
        git.Start(new GitOptions { KeepInputOpen = true }, "cat-file", "--batch").Try(out var process, out var failure) ? new ObjectReader(process) : failure;

    /// <summary>The object; null if there is none by that name.</summary>
    /// <param name="name">An object id, or anything that git resolves to one; no line feed in it.</param>
    public Result<GitObject?> TryRead(string name)
    {
        if (_git.Write(Encoding.UTF8.GetBytes(name + "\n")) is { } failure)
        {
            return failure;
        }

        if (!_git.ReadLine().Try(out string? header, out failure))
        {
            return failure;
        }

        // "<id> <type> <size>", or "<name> missing".
        string[] parts = header.Split(' ');
        if (parts.Length != 3 || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            return header.EndsWith(" missing", StringComparison.Ordinal)
                ? (GitObject?)null
                : new Failure(ErrorCode.GitFailed, Messages.GitObjectUnreadable(name, header));
        }

        if (!_git.ReadBytes(size).Try(out byte[]? content, out failure) || !_git.ReadBytes(1).Try(out _, out failure))
        {
            return failure;
        }

        return new GitObject(parts[0], parts[1], content);
    }

    /// <summary>The object, which must be there and of that type.</summary>
    public Result<GitObject> Read(string id, string type)
    {
        if (!TryRead(id).Try(out var found, out var failure))
        {
            return failure;
        }

        return found is not null && found.Type == type
            ? found
            : new Failure(ErrorCode.GitFailed, Messages.GitObjectUnreadable(id, found is null ? "it is missing" : "it is no " + type));
    }

    public void Dispose() => _git.Dispose();
}
