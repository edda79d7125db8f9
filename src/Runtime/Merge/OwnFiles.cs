using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>The mission's own files as the main checkout has them, stored as blobs, and how they differ from trees.</summary>
internal sealed class OwnFiles
{
    private readonly MergeRepository _repository;
    private readonly BookkeepingFiles _files;
    private readonly Dictionary<string, string> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _ignored = new(StringComparer.Ordinal);
    private readonly string _root;

    public OwnFiles(MergeRepository repository, BookkeepingFiles files, string root)
    {
        _repository = repository;
        _files = files;
        _root = root;
    }

    /// <summary>Stores log and snapshot as they land, and every other file as it is.</summary>
    public Failure? Store(IMergeStatus status)
    {
        if (!_files.In(_root).Try(out var own, out var failure))
        {
            return failure;
        }

        foreach (string path in own)
        {
            if (!_repository.Writer.WriteFile(_root + "/" + BookkeepingFiles.Text(path)).Try(out string? blob, out failure))
            {
                return failure;
            }

            _blobs[path] = blob;
        }

        if (status.Log.IsEmpty)
        {
            return null;
        }

        if (!_repository.Writer.WriteLog(status.Log.Span, _files.LogPath).Try(out string? log, out var unwritten) || !_repository.Writer.WriteBlob(status.Snapshot.Span).Try(out string? snapshot, out unwritten))
        {
            return unwritten;
        }

        _blobs[_files.LogPath] = log;
        _blobs[_files.SnapshotPath] = snapshot;
        return null;
    }

    /// <summary>What a tree has otherwise. Files that the tree does not have, and git ignores, are not part of anything.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="gone">Files of the tree that the checkout has lost.</param>
    public Result<Dictionary<string, TreeEntry?>> Against(string tree, IReadOnlyCollection<string> gone)
    {
        var own = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
        var fresh = new List<string>();
        foreach (var (path, blob) in _blobs)
        {
            var found = TreeEdit.Find(_repository.Trees, tree, path);
            if (found.Failure is { } failure)
            {
                return failure;
            }

            found.Try(out var entry, out _);
            if (entry is null)
            {
                fresh.Add(path);
            }
            else if (entry.Value.Id != blob)
            {
                own[path] = entry.Value with { Id = blob };
            }
        }

        if (fresh.Count > 0)
        {
            if (Ask(fresh) is { } failure)
            {
                return failure;
            }

            foreach (string path in fresh)
            {
                if (!_ignored[path])
                {
                    own[path] = new TreeEntry(TreeEntry.FileMode, path, _blobs[path]);
                }
            }
        }

        foreach (string path in gone)
        {
            own[path] = null;
        }

        return own;
    }

    /// <summary>Asks git which of these paths it ignores, unless that is known.</summary>
    private Failure? Ask(List<string> paths)
    {
        var input = new StringBuilder();
        foreach (string path in paths)
        {
            if (_ignored.TryAdd(path, false))
            {
                input.Append(path).Append('\0');
            }
        }

        if (input.Length == 0)
        {
            return null;
        }

        var options = new GitOptions { Input = Encoding.Latin1.GetBytes(input.ToString()) };
        if (!_repository.Git.Run(options, "check-ignore", "-z", "--stdin").Try(out var outcome, out var failure))
        {
            return failure;
        }

        // Status 1: none is.
        if (outcome.Signal != 0 || outcome.ExitStatus is not (0 or 1))
        {
            return outcome.ToFailure();
        }

        foreach (string path in Encoding.Latin1.GetString(outcome.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            _ignored[path] = true;
        }

        return null;
    }
}
