using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// Takes a checkout that stands anywhere between two trees, because git was ended in the middle of it, to one of them. Every file tells by its content where it
/// stands; what has the content of neither is somebody's work, and stays.
/// </summary>
internal sealed class WorktreeSettler
{
    private readonly MergeRepository _repository;
    private readonly WorktreeMove _move;
    private readonly HeldIndex _index;

    public WorktreeSettler(MergeRepository repository, WorktreeMove move, HeldIndex index)
    {
        _repository = repository;
        _move = move;
        _index = index;
    }

    private enum Standing
    {
        /// <summary>As it was, or not there: git may write it.</summary>
        Before,

        /// <summary>As it is to be.</summary>
        There,

        /// <summary>Anything else.</summary>
        Foreign,
    }

    /// <summary>To what landed. WORKTREE_DIRTY where somebody's work is in the way.</summary>
    /// <param name="since">Half-written files are git's only if they are not older: nanoseconds since 1970.</param>
    public Failure? Forward(long since) => Settle(isForward: true, since);

    /// <summary>To where it was. The index is only good for that; it is let go afterwards.</summary>
    /// <param name="since">As above.</param>
    public Failure? Back(long since) => Settle(isForward: false, since);

    /// <summary>Two trees and the index: what differs between the trees is brought to the second, files and all, or nothing is.</summary>
    public Failure? Read(string from, string to) => Run(default, ["read-tree", "-m", "-u", "--no-recurse-submodules", from, to]);

    /// <summary>Runs git on the held index.</summary>
    public Failure? Run(ReadOnlyMemory<byte> input, string[] arguments)
    {
        var options = new GitOptions
        {
            Directory = _move.Path,
            Input = input,
            IndexFile = _index.CopyPath,
            HeldLock = _repository.LockDescriptor,
            Configuration = ["--literal-pathspecs"],
        };
        if (!_repository.Git.Run(options, arguments).Try(out var outcome, out var failure))
        {
            return failure;
        }

        return outcome.IsSuccess ? null : outcome.IsOfTheMachine ? outcome.ToFailure() : outcome.ToFailure(ErrorCode.WorktreeDirty);
    }

    private Failure? Settle(bool isForward, long since)
    {
        if (!_repository.TreeOf(_move.To).Try(out string? landed, out var failure) || !TreeDiff.Between(_repository.Trees, _move.FromTree, landed).Try(out var changes, out failure))
        {
            return failure;
        }

        // A git that was killed with this index leaves its lock.
        Posix.Unlink(_index.CopyPath + ".lock");
        var lines = new StringBuilder();
        var unsettled = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
        var foreign = new List<string>();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kept in _move.Kept)
        {
            listed.Add(kept.Path);
            if ((isForward ? Line(lines, kept) : LineOf(lines, _move.FromTree, kept.Path)) is { } unread)
            {
                return unread;
            }
        }

        foreach (var change in changes)
        {
            if (!listed.Add(change.Path))
            {
                continue;
            }

            var (goal, other) = isForward ? (change.After, change.Before) : (change.Before, change.After);
            if (!Look(change.Path, goal, other, since).Try(out var standing, out failure))
            {
                return failure;
            }

            if (standing == Standing.Foreign && isForward)
            {
                foreign.Add(change.Path);
            }

            if (standing == Standing.Before)
            {
                unsettled[change.Path] = other;
            }

            Line(lines, change.Path, standing == Standing.Before ? other : goal, _move.To.Length);
        }

        if (foreign.Count > 0)
        {
            string branch = RefNames.BranchOf(_move.Branch) ?? _move.Branch;
            return new Failure(ErrorCode.WorktreeDirty, Messages.MergeWorktreeForeign(branch, _move.Path, MergePlanner.Listed(foreign)));
        }

        foreach (string path in _move.Taken)
        {
            if (listed.Add(path) && LineOf(lines, _move.FromTree, path) is { } unread)
            {
                return unread;
            }
        }

        if (lines.Length > 0 && Run(Encoding.Latin1.GetBytes(lines.ToString()), ["update-index", "--add", "--replace", "-z", "--index-info"]) is { } unwritten)
        {
            return unwritten;
        }

        // What stands where it is to be, or stays whatever it is, is no difference, so that git leaves it alone.
        string goalTree = isForward ? landed : _move.FromTree;
        return !TreeEdit.Apply(_repository.Trees, goalTree, unsettled).Try(out string? fromTree, out failure)
            ? failure
            : Run(default, ["update-index", "-q", "--refresh"]) ?? Read(fromTree!, goalTree);
    }

    private Result<Standing> Look(string path, TreeEntry? goal, TreeEntry? other, long since)
    {
        string file = _move.Path + "/" + BookkeepingFiles.Text(path);
        int seen = Posix.Stat(file, out var facts, followLink: false);
        if (seen < 0 && ReadOutcome.Of(seen) is { IsFault: true } unknown)
        {
            return unknown.ToFailure("read", file);
        }

        if (seen < 0 || facts.IsDirectory)
        {
            // A directory in a file's place belongs to other paths, and they are looked at.
            return goal is null ? Standing.There : Standing.Before;
        }

        if (path.Contains('\n', StringComparison.Ordinal))
        {
            // It could not be told to git by name; that it is to be looked at git finds out itself.
            return Standing.Before;
        }

        bool isLink = new FileInfo(file).LinkTarget is { Length: > 0 };
        var written = isLink ? _repository.Writer.WriteBlob(Encoding.UTF8.GetBytes(new FileInfo(file).LinkTarget!)) : _repository.Writer.WriteFile(file);
        if (!written.Try(out string? id, out var failure))
        {
            return failure;
        }

        bool isGoal = Has(goal, id, isLink), isOther = Has(other, id, isLink);
        if (isGoal && isOther)
        {
            // Only what may be executed changed.
            isGoal = goal!.Value.Mode.EndsWith('5') == ((facts.Permissions & 0x40) != 0);
        }

        if (isGoal || isOther)
        {
            return isGoal ? Standing.There : Standing.Before;
        }

        if (isLink || facts.Changed < since || !(IsPartOf(file, facts.Size, goal) || IsPartOf(file, facts.Size, other)))
        {
            return Standing.Foreign;
        }

        Posix.Unlink(file);
        return Standing.Before;
    }

    private static bool Has(TreeEntry? entry, string id, bool isLink) => entry is { } there && there.Id == id && there.Mode.StartsWith("12", StringComparison.Ordinal) == isLink;

    /// <summary>Whether git was ended while it wrote that content.</summary>
    private bool IsPartOf(string file, long size, TreeEntry? entry)
    {
        if (entry is not { } whole || whole.Type != GitObject.Blob || !_repository.Objects.Read(whole.Id, GitObject.Blob).Try(out var blob, out _) || size >= blob.Content.Length)
        {
            return false;
        }

        int slash = file.LastIndexOf('/');
        var outcome = ProjectFiles.TryRead(file[..slash], file[(slash + 1)..], blob.Content.Length, out var bytes);
        using (bytes)
        {
            return outcome.IsOk && blob.Content.AsSpan().StartsWith(bytes.Span);
        }
    }

    private Failure? LineOf(StringBuilder lines, string tree, string path)
    {
        var found = TreeEdit.Find(_repository.Trees, tree, path);
        if (found.Failure is { } failure)
        {
            return failure;
        }

        found.Try(out var entry, out _);
        Line(lines, path, entry, _move.To.Length);
        return null;
    }

    private Failure? Line(StringBuilder lines, KeptEntry kept)
    {
        Line(lines, kept.Path, kept.Id is null ? null : new TreeEntry(kept.Mode!, "", kept.Id), _move.To.Length);
        return null;
    }

    /// <summary>What <c>update-index --index-info</c> reads: mode, object, path; mode 0 for none.</summary>
    private static void Line(StringBuilder lines, string path, TreeEntry? entry, int idLength) =>
        lines.Append(entry?.Mode ?? "0").Append(' ').Append(entry?.Id ?? new string('0', idLength)).Append('\t').Append(path).Append('\0');
}
