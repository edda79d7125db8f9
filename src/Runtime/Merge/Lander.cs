using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// Brings the mission onto its target, in memory. First what branches hold, by the strategy; then the mission's own files as the main checkout has them, and the
/// log and snapshot with the done rows, in the last commit of it.
/// </summary>
internal sealed class Lander
{
    private readonly MergeJob _job;
    private readonly MergeTips _tips;
    private readonly MergeRepository _repository;
    private readonly TreeMerger _trees;
    private readonly BookkeepingFiles _files;
    private readonly MergeProblems _problems;

    public Lander(MergeJob job, MergeTips tips, MergeRepository repository, TreeMerger trees, BookkeepingFiles files, MergeProblems problems)
    {
        _job = job;
        _tips = tips;
        _repository = repository;
        _trees = trees;
        _files = files;
        _problems = problems;
    }

    /// <summary>The landing; null where there is a problem.</summary>
    /// <param name="mission">The mission branch with all lanes in it.</param>
    /// <param name="own">The mission's own files as they land, where they differ from the target's.</param>
    /// <param name="landedLanes">Lanes to be named in the commit, so that it is known later that they landed.</param>
    public Result<Landing?> Land(string mission, Dictionary<string, TreeEntry?> own, Items<LaneTip> landedLanes)
    {
        string trailers = Trailers(landedLanes);
        if (!_repository.Graph.IsAncestor(mission, _tips.Target).Try(out bool isContained, out var failure))
        {
            return failure;
        }

        if (isContained)
        {
            return Finish(_tips.Target, [_tips.Target], null, own, Messages.MergeRecordSubject(_job.Mission) + trailers);
        }

        if (_job.Strategy == MergeStrategy.Rebase)
        {
            var replayed = Replay(mission);
            return replayed.Failure is not null || !replayed.Try(out string? tip, out failure) || tip is null
                ? replayed.Failure is { } unreplayed ? unreplayed : (Landing?)null
                : Finish(tip, [tip], null, own, Messages.MergeRecordSubject(_job.Mission) + trailers);
        }

        var conflicts = new List<string>();
        var merged = _trees.Merge(_tips.Target, mission, conflicts);
        if (merged.Failure is { } unmerged)
        {
            return Refused(unmerged);
        }

        if (!merged.Try(out string? tree, out _) || tree is null)
        {
            _problems.Add(ErrorCode.MergeConflict, Messages.MergeConflict(_job.MissionBranch, _job.Target, string.Join(", ", conflicts)));
            return (Landing?)null;
        }

        bool isSquash = _job.Strategy == MergeStrategy.Squash;
        string subject = isSquash ? Messages.MergeSquashSubject(_job.MissionBranch) : Messages.MergeSubject(_job.MissionBranch, _job.Target);
        return Finish(_tips.Target, isSquash ? [_tips.Target] : [_tips.Target, mission], tree, own, subject + trailers);
    }

    /// <summary>Adds the mission's own files and makes the last commit, unless there is nothing in it.</summary>
    /// <param name="on">The commit that the landing stands on.</param>
    /// <param name="parents">The last commit's parents; two of them make it necessary in any case.</param>
    /// <param name="merged">The tree of the branches together; null for that of <paramref name="on"/>.</param>
    /// <param name="own">The files.</param>
    /// <param name="message">Its message.</param>
    private Result<Landing?> Finish(string on, string[] parents, string? merged, Dictionary<string, TreeEntry?> own, string message)
    {
        if (!_repository.TreeOf(on).Try(out string? onTree, out var failure))
        {
            return failure;
        }

        var withOwn = WithOwnFiles(merged ?? onTree, own);
        if (!withOwn.Try(out string? tree, out failure))
        {
            return Refused(failure);
        }

        if (tree == onTree && parents.Length == 1)
        {
            return new Landing(on, onTree);
        }

        return _repository.Writer.Commit(tree!, parents, message).Try(out string? commit, out failure) ? new Landing(commit, tree!) : failure;
    }

    /// <summary>
    /// The tree with the main checkout's own files in it. Where branches changed such a file too, both changes stay if they go together; else the main
    /// checkout's file does.
    /// </summary>
    private Result<string?> WithOwnFiles(string tree, Dictionary<string, TreeEntry?> own)
    {
        if (own.Count == 0)
        {
            return tree;
        }

        if (!_repository.TreeOf(_tips.Target).Try(out string? targetTree, out var failure))
        {
            return failure;
        }

        var files = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
        foreach (var (path, entry) in own)
        {
            var before = TreeEdit.Find(_repository.Trees, targetTree, path);
            var after = TreeEdit.Find(_repository.Trees, tree, path);
            if ((before.Failure ?? after.Failure) is { } unread)
            {
                return unread;
            }

            before.Try(out var old, out _);
            after.Try(out var now, out _);
            // The log has the rows of every branch already, and the snapshot is that log's.
            bool isMine = _files.IsStatus(path) || old is null || now is null || entry is null || now.Value.Id == old.Value.Id || now.Value.Id == entry.Value.Id;
            if (isMine)
            {
                files[path] = entry;
                continue;
            }

            if (!MergeFile(old!.Value, entry!.Value, now!.Value).Try(out var together, out failure))
            {
                return failure;
            }

            files[path] = together;
        }

        return TreeEdit.Apply(_repository.Trees, tree, files);
    }

    /// <summary>Both changes of a file; ours where they contradict one another, or are no text. One process, for a file that a lane and the main checkout both changed.</summary>
    private Result<TreeEntry> MergeFile(TreeEntry before, TreeEntry ours, TreeEntry theirs)
    {
        string[] copies = MergeRepository.FileCopies(_job.Scratch);
        Result<TreeEntry> merged = ours;
        if ((Copy(ours, copies[0]) ?? Copy(before, copies[1]) ?? Copy(theirs, copies[2])) is { } uncopied)
        {
            merged = uncopied;
        }
        else if (!_repository.Git.Run("merge-file", "-p", "--ours", copies[0], copies[1], copies[2]).Try(out var outcome, out var failure))
        {
            merged = failure;
        }
        else if (outcome is { IsSuccess: false, IsOfTheMachine: true })
        {
            merged = outcome.ToFailure();
        }
        else if (outcome.IsSuccess)
        {
            merged = _repository.Writer.WriteBlob(outcome.Output).Try(out string? blob, out failure) ? ours with { Id = blob } : failure;
        }

        return merged;
    }

    private Failure? Copy(TreeEntry entry, string path) =>
        _repository.Objects.Read(entry.Id, GitObject.Blob).Try(out var blob, out var failure) ? DurableFile.Replace(path, blob.Content, sync: false) : failure;

    /// <summary>Every commit of the mission that the target lacks, again, as git rebase does it: merges are left out, and what became empty.</summary>
    private Result<string?> Replay(string mission)
    {
        if (!_repository.Git.Run("rev-list", "--reverse", "--topo-order", "--no-merges", _tips.Target + ".." + mission).Try(out var list, out var failure))
        {
            return failure;
        }

        if (!list.IsSuccess)
        {
            return list.ToFailure();
        }

        string tip = _tips.Target;
        foreach (string id in list.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!_repository.Graph.Read(id).Try(out var commit, out failure) || !_repository.TreeOf(tip).Try(out string? onTree, out failure))
            {
                return failure;
            }

            if (commit.Parents.Length == 0)
            {
                _problems.Add(ErrorCode.MergeConflict, Messages.MergeUnrelated(_job.MissionBranch, _job.Target));
                return (string?)null;
            }

            if (commit.Parents[0] == tip)
            {
                tip = id;
                continue;
            }

            var conflicts = new List<string>();
            var applied = _trees.Reapply(commit.Parents[0], onTree, id, conflicts);
            if (applied.Failure is { } unapplied)
            {
                return unapplied;
            }

            if (!applied.Try(out string? tree, out _) || tree is null)
            {
                _problems.Add(ErrorCode.MergeConflict, Messages.MergeRebaseConflict(id[..12], _job.MissionBranch, _job.Target, string.Join(", ", conflicts)));
                return (string?)null;
            }

            if (!_repository.TreeOf(commit.Parents[0]).Try(out string? parentTree, out failure))
            {
                return failure;
            }

            bool becameEmpty = tree == onTree && commit.Tree != parentTree;
            if (!becameEmpty && !_repository.Writer.Replay(commit, tree, tip).Try(out tip!, out failure))
            {
                return failure;
            }
        }

        return tip;
    }

    /// <summary>A conflict inside the log, or histories without a common commit, is a problem like any other.</summary>
    private Result<Landing?> Refused(Failure failure)
    {
        if (failure.Code is not (ErrorCode.MergeConflict or ErrorCode.GitFailed))
        {
            return failure;
        }

        _problems.Add(failure);
        return (Landing?)null;
    }

    /// <summary>The lines by which a later call knows what landed, wherever the repository was cloned to meanwhile.</summary>
    private string Trailers(Items<LaneTip> lanes)
    {
        var text = new StringBuilder("\n\n").Append(MergeTrailers.Mission(_job.Mission)).Append('\n');
        foreach (var lane in lanes)
        {
            if (lane.Tip is { } tip)
            {
                text.Append(MergeTrailers.Lane(lane.Lane.Id, tip)).Append('\n');
            }
        }

        return text.ToString();
    }
}
