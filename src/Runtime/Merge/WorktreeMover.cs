using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// Lets a checkout follow its branch. <c>git read-tree -m -u</c> looks again at everything before it touches anything, so that work that appeared since the plan
/// was made is refused and not overwritten.
/// </summary>
internal sealed class WorktreeMover
{
    /// <summary>Races for the index that may be lost before it counts as held.</summary>
    private const int MostLost = 5;

    private readonly MergeRepository _repository;

    public WorktreeMover(MergeRepository repository) => _repository = repository;

    /// <summary>Takes the checkout to what landed.</summary>
    public Failure? Move(WorktreeMove move) => Index(move, move.Taken) ?? Read(move, move.FromTree, move.To);

    /// <summary>
    /// The same after a kill, which may have come anywhere in it: files that git had written already are taken into the index as they are, and then count as done.
    /// </summary>
    public Failure? Resume(WorktreeMove move)
    {
        if (!_repository.TreeOf(move.To).Try(out string? tree, out var failure) || !TreeDiff.Between(_repository.Trees, move.FromTree, tree).Try(out var changes, out failure))
        {
            return failure;
        }

        var present = new List<string>();
        foreach (var change in changes)
        {
            bool isKept = false;
            foreach (var kept in move.Kept)
            {
                isKept |= kept.Path == change.Path;
            }

            if (!isKept && Posix.Stat(move.Path + "/" + BookkeepingFiles.Text(change.Path), out var facts, followLink: false) >= 0 && !facts.IsDirectory)
            {
                present.Add(change.Path);
            }
        }

        foreach (string path in move.Taken)
        {
            if (!present.Contains(path))
            {
                present.Add(path);
            }
        }

        return Index(move, present) ?? Read(move, move.FromTree, move.To);
    }

    /// <summary>Takes the checkout back: files, and the index as it was for all but what stood in it and differed from the commit.</summary>
    public Failure? Undo(WorktreeMove move)
    {
        if (Read(move, move.To, move.FromTree) is { } failure)
        {
            return failure;
        }

        var own = new List<string>();
        foreach (string path in move.Taken)
        {
            own.Add(BookkeepingFiles.Text(path));
        }

        foreach (var kept in move.Kept)
        {
            own.Add(BookkeepingFiles.Text(kept.Path));
        }

        return own.Count == 0 ? null : Run(move, default, ["reset", "-q", move.From, "--", .. own]);
    }

    private Failure? Index(WorktreeMove move, IReadOnlyList<string> taken)
    {
        List<string> arguments = ["update-index", "-q", "--refresh", "--add", "--remove"];
        var gone = new List<string>();
        foreach (var kept in move.Kept)
        {
            if (kept.Id is null)
            {
                gone.Add(BookkeepingFiles.Text(kept.Path));
                continue;
            }

            arguments.Add("--cacheinfo");
            arguments.Add(kept.Mode + "," + kept.Id + "," + BookkeepingFiles.Text(kept.Path));
        }

        var paths = new StringBuilder();
        foreach (string path in taken)
        {
            paths.Append(path).Append('\0');
        }

        if (paths.Length > 0)
        {
            arguments.AddRange(["-z", "--stdin"]);
        }

        return Run(move, Encoding.Latin1.GetBytes(paths.ToString()), [.. arguments])
            ?? (gone.Count == 0 ? null : Run(move, default, ["update-index", "--force-remove", "--", .. gone]));
    }

    private Failure? Read(WorktreeMove move, string from, string to) => Run(move, default, ["read-tree", "-m", "-u", "--no-recurse-submodules", from, to]);

    private Failure? Run(WorktreeMove move, ReadOnlyMemory<byte> input, string[] arguments)
    {
        string indexLock = move.GitDirectory + "/index.lock";
        for (int lost = 0; ; lost++)
        {
            if (lost == MostLost || !IndexLock.WaitFree(indexLock, Deadline.LockTimeout(), _repository.Git.Deadline))
            {
                return new Failure(ErrorCode.WorktreeDirty, Messages.IndexLocked(indexLock));
            }

            var options = new GitOptions { Directory = move.Path, Input = input, Configuration = ["--literal-pathspecs"] };
            if (!_repository.Git.Run(options, arguments).Try(out var outcome, out var failure))
            {
                return failure;
            }

            if (outcome.IsSuccess)
            {
                return null;
            }

            // Somebody took the lock between the look and the command.
            if (!outcome.ErrorText.Contains("index.lock", StringComparison.Ordinal))
            {
                return outcome.ToFailure(ErrorCode.WorktreeDirty);
            }
        }
    }
}
