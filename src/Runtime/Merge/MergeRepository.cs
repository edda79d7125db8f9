using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>The repository while it is being merged in: one process each for reading objects, writing blobs, trees and commits, started when first needed.</summary>
internal sealed class MergeRepository : IDisposable
{
    private readonly string _common;
    private readonly string _root;
    private readonly string _scratch;
    private Items<GitWorktree>? _worktrees;

    private MergeRepository(MergeJob job, GitRunner git, ObjectReader objects)
    {
        _common = job.CommonDirectory;
        _root = job.Root;
        _scratch = job.Scratch;
        LockDescriptor = job.LockDescriptor;
        Git = git;
        Refs = new GitRefs(job.CommonDirectory, git);
        Objects = objects;
        Trees = new TreeStore(git, objects);
        Graph = new CommitGraph(objects, git, Posix.Stat(job.CommonDirectory + "/shallow", out _) != -Errno.NoEntry);
        Writer = new ObjectWriter(git, objects, ObjectCopy(job.Scratch));
    }

    public GitRunner Git { get; }

    /// <summary>The lock that whoever changes a checkout keeps for as long as it runs.</summary>
    public int LockDescriptor { get; }

    public GitRefs Refs { get; }

    public ObjectReader Objects { get; }

    public TreeStore Trees { get; }

    public CommitGraph Graph { get; }

    public ObjectWriter Writer { get; }

    /// <summary>Opens it. GIT_NOT_FOUND where git is too old: only here does its age matter.</summary>
    public static Result<MergeRepository> Open(MergeJob job, GitRunner git)
    {
        // Both start before either is waited for.
        if (!git.Start(new GitOptions(), "version").Try(out var version, out var failure))
        {
            return failure;
        }

        using (version)
        {
            if (!ObjectReader.Start(git).Try(out var objects, out failure))
            {
                return failure;
            }

            failure = RefuseVersion(version);
            if (failure is not null)
            {
                objects.Dispose();
                return failure;
            }

            return new MergeRepository(job, git, objects);
        }
    }

    /// <summary>Every checkout, the main one first.</summary>
    public Result<Items<GitWorktree>> Worktrees()
    {
        if (_worktrees is null && !GitWorktrees.List(_common, _root, Refs).Try(out _worktrees, out var failure))
        {
            return failure;
        }

        return _worktrees;
    }

    /// <summary>The tree of a commit.</summary>
    public Result<string> TreeOf(string commit) => Graph.Read(commit).Try(out var read, out var failure) ? read.Tree : failure;

    /// <summary>The content of a file in a tree; null if there is none.</summary>
    public Result<byte[]?> ReadFile(string tree, string path)
    {
        var found = TreeEdit.Find(Trees, tree, path);
        if (found.Failure is { } failure)
        {
            return failure;
        }

        found.Try(out var entry, out _);
        if (entry is not { IsTree: false })
        {
            return (byte[]?)null;
        }

        return Objects.Read(entry.Value.Id, GitObject.Blob).Try(out var blob, out var unread) ? blob.Content : unread;
    }

    public void Dispose()
    {
        foreach (string copy in FileCopies(_scratch))
        {
            Posix.Unlink(copy);
        }

        Writer.Dispose();
        Trees.Dispose();
        Objects.Dispose();
    }

    /// <summary>Absolute paths of the scratch files by which git merges one file: ours, base, theirs.</summary>
    public static string[] FileCopies(string scratch) => [scratch + ".ours", scratch + ".base", scratch + ".theirs"];

    /// <summary>Absolute paths of all scratch files; each is there only while it is needed.</summary>
    public static string[] ScratchFiles(string scratch) => [ObjectCopy(scratch), .. FileCopies(scratch)];

    private static string ObjectCopy(string scratch) => scratch + ".object";

    private static Failure? RefuseVersion(GitProcess process)
    {
        if (!process.Finish().Try(out var outcome, out var failure))
        {
            return failure;
        }

        if (!outcome.IsSuccess || !GitVersion.TryParse(outcome.Text, out var version))
        {
            return outcome.ToFailure();
        }

        return version.IsSupported ? null : new Failure(ErrorCode.GitNotFound, Messages.GitTooOld(version.Text, GitVersion.Oldest.Text));
    }
}
