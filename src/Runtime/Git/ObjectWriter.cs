using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// Writes blobs and commits, each kind through one <c>git hash-object</c> that is kept open. Only the first commit goes through <c>git commit-tree</c>: it
/// knows who commits, and says what is missing where nobody does.
/// </summary>
internal sealed class ObjectWriter : IDisposable
{
    private readonly GitRunner _git;
    private readonly ObjectReader _objects;
    private readonly string _scratch;
    private GitProcess? _blobs;
    private GitProcess? _commits;
    private CommitObject? _first;

    /// <param name="git">Runs in the checkout that files to be stored are in: its attributes apply.</param>
    /// <param name="objects">Where written commits are read back.</param>
    /// <param name="scratch">Absolute path of a file that may be written and is removed in the end.</param>
    public ObjectWriter(GitRunner git, ObjectReader objects, string scratch)
    {
        _git = git;
        _objects = objects;
        _scratch = scratch;
    }

    /// <summary>Stores a file as <c>git add</c> would, without adding it.</summary>
    /// <param name="path">Absolute path; no line feed in it.</param>
    public Result<string> WriteFile(string path)
    {
        Failure? failure;
        if (_blobs is null && !_git.Start(new GitOptions { KeepInputOpen = true }, "hash-object", "-w", "--stdin-paths").Try(out _blobs, out failure))
        {
            return failure;
        }

        return Ask(_blobs, path);
    }

    /// <summary>Stores bytes.</summary>
    public Result<string> WriteBlob(ReadOnlySpan<byte> content) => PutScratch(content) is { } failure ? failure : WriteFile(_scratch);

    /// <summary>
    /// Stores what is going to be the content of a file of the checkout, as <c>git add</c> would. Only line ends may be stored otherwise than they are: without
    /// carriage returns the bytes are enough, with them git has to be told the path, which takes a process.
    /// </summary>
    /// <param name="content">The content.</param>
    /// <param name="path">The file's path in the repository.</param>
    public Result<string> WriteLog(ReadOnlySpan<byte> content, string path)
    {
        if (!content.Contains((byte)'\r'))
        {
            return WriteBlob(content);
        }

        if (!_git.Run(new GitOptions { Input = content.ToArray() }, "hash-object", "-w", "--stdin", "--path", path).Try(out var outcome, out var failure))
        {
            return failure;
        }

        return outcome.IsSuccess ? outcome.Text : outcome.ToFailure();
    }

    /// <summary>A new commit by the configured author and committer, now.</summary>
    public Result<string> Commit(string tree, string[] parents, string message) =>
        _first is null ? First(tree, parents, message) : Write(tree, parents, _first.Author, null, Encoding.UTF8.GetBytes(message));

    /// <summary>A commit with another's author and message, on another tree and parent; the committer is the configured one, now.</summary>
    public Result<string> Replay(CommitObject original, string tree, string parent)
    {
        // Who commits is known from the first commit only.
        if (_first is null && !First(tree, [parent], "").Try(out _, out var failure))
        {
            return failure;
        }

        return Write(tree, [parent], original.Author, original.Encoding, original.Message);
    }

    public void Dispose()
    {
        _blobs?.Dispose();
        _commits?.Dispose();
        Posix.Unlink(_scratch);
    }

    private Result<string> First(string tree, string[] parents, string message)
    {
        string[] arguments = new string[2 + (parents.Length * 2)];
        (arguments[0], arguments[1]) = ("commit-tree", tree);
        for (int i = 0; i < parents.Length; i++)
        {
            (arguments[2 + (i * 2)], arguments[3 + (i * 2)]) = ("-p", parents[i]);
        }

        // A message on the command line gets a line feed of its own; one that is read is taken as it is.
        if (!_git.Run(new GitOptions { Input = Encoding.UTF8.GetBytes(message) }, arguments).Try(out var outcome, out var failure))
        {
            return failure;
        }

        if (!outcome.IsSuccess)
        {
            return CommitFailures.Of(_git, outcome);
        }

        if (!_objects.Read(outcome.Text, GitObject.Commit).Try(out var written, out failure))
        {
            return failure;
        }

        _first = CommitObject.Parse(written.Content);
        return outcome.Text;
    }

    private Result<string> Write(string tree, string[] parents, string author, string? encoding, ReadOnlySpan<byte> message)
    {
        Failure? failure;
        if (_commits is null && !_git.Start(new GitOptions { KeepInputOpen = true }, "hash-object", "-t", GitObject.Commit, "-w", "--stdin-paths").Try(out _commits, out failure))
        {
            return failure;
        }

        failure = PutScratch(CommitObject.Compose(tree, parents, author, _first!.Committer, encoding, message));
        return failure is null ? Ask(_commits, _scratch) : failure;
    }

    private Failure? PutScratch(ReadOnlySpan<byte> content)
    {
        int file = Posix.Open(_scratch, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate | OpenFlags.NoFollow, 0x1A4);
        if (file < 0)
        {
            return FileErrors.ToFailure("write", _scratch, file);
        }

        int error = Posix.WriteAll(file, content);
        Posix.Close(file);
        return error < 0 ? FileErrors.ToFailure("write", _scratch, error) : null;
    }

    private static Result<string> Ask(GitProcess git, string path) =>
        git.Write(Encoding.UTF8.GetBytes(path + "\n")) is { } failure ? failure : git.ReadLine();
}
