using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// Lets checkouts follow their branches. Their indexes are held before the first ref moves and change last. <c>git read-tree -m -u</c> looks again at everything
/// before it touches anything, so that work that appeared since the plan was made is refused and not overwritten.
/// </summary>
internal sealed class WorktreeMover : IDisposable
{
    /// <summary>Nanoseconds by which the times of files may be behind the clock.</summary>
    private const long ClockSlack = 20_000_000;

    private readonly MergeRepository _repository;
    private readonly Items<HeldIndex> _held = [];

    /// <summary>The moves that were begun, each with the index of the same place among those held.</summary>
    private readonly Items<WorktreeMove> _begun = [];

    /// <summary>Since when: nanoseconds since 1970.</summary>
    private readonly List<long> _since = [];

    public WorktreeMover(MergeRepository repository) => _repository = repository;

    /// <summary>Holds the indexes of the checkouts; on failure, of none.</summary>
    public Failure? Hold(Items<WorktreeMove> moves)
    {
        foreach (var move in moves)
        {
            if (!HeldIndex.Take(move.GitDirectory, _repository.Git.Deadline).Try(out var index, out var failure))
            {
                Dispose();
                return failure;
            }

            _held.Add(index);
        }

        return null;
    }

    /// <summary>Takes a checkout, the next of those held, to what landed.</summary>
    public Failure? Move(WorktreeMove move)
    {
        var index = _held[_begun.Count];
        _begun.Add(move);
        _since.Add(Posix.Time(monotonic: false) - ClockSlack);
        return Stage(move, index) ?? new WorktreeSettler(_repository, move, index).Read(move.FromTree, move.To);
    }

    /// <summary>The same after a kill, which may have come anywhere in it.</summary>
    /// <param name="move">The move.</param>
    /// <param name="since">When it can have begun: nanoseconds since 1970.</param>
    public Failure? Resume(WorktreeMove move, long since)
    {
        if (!HeldIndex.Take(move.GitDirectory, _repository.Git.Deadline).Try(out var index, out var failure))
        {
            return failure;
        }

        _held.Add(index);
        return new WorktreeSettler(_repository, move, index).Forward(since - ClockSlack);
    }

    /// <summary>Takes the begun checkouts back, the last first. False if not all of them could be.</summary>
    public bool Undo()
    {
        bool isBack = true;
        for (int i = _begun.Count - 1; i >= 0; i--)
        {
            isBack &= new WorktreeSettler(_repository, _begun[i], _held[i]).Back(_since[i]) is null;
        }

        return isBack;
    }

    /// <summary>The last step: the indexes are those of what landed.</summary>
    public Failure? Commit()
    {
        foreach (var index in _held)
        {
            if (index.Commit() is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Leaves the indexes held, for the next call to go on from.</summary>
    public void Abandon()
    {
        foreach (var index in _held)
        {
            index.Abandon();
        }
    }

    /// <summary>Lets go of the indexes that were not committed.</summary>
    public void Dispose()
    {
        foreach (var index in _held)
        {
            index.Dispose();
        }
    }

    /// <summary>Takes the mission's own files into the index, and what landed of those that stay as they are.</summary>
    private Failure? Stage(WorktreeMove move, HeldIndex index)
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
        foreach (string path in move.Taken)
        {
            paths.Append(path).Append('\0');
        }

        if (paths.Length > 0)
        {
            arguments.AddRange(["-z", "--stdin"]);
        }

        var settler = new WorktreeSettler(_repository, move, index);
        return settler.Run(Encoding.Latin1.GetBytes(paths.ToString()), [.. arguments])
            ?? (gone.Count == 0 ? null : settler.Run(default, ["update-index", "--force-remove", "--", .. gone]));
    }
}
