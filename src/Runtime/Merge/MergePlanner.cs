using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// Decides all of a merge before any of it is done: objects are written, which nobody sees, and nothing else (docs/adr/0006). Every problem is told, not only
/// the first.
/// </summary>
internal sealed class MergePlanner : IDisposable
{
    private readonly MergeJob _job;
    private readonly MergeRepository _repository;
    private readonly IMergeStatus _status;
    private readonly MergeProblems _problems;
    private readonly BookkeepingFiles _files;
    private readonly OwnFiles _own;
    private readonly WorktreeChecks _checks = new();
    private readonly Items<RefMove> _refs = [];
    private readonly Items<WorktreeRemoval> _removals = [];
    private readonly List<string> _kept = [];
    private Items<GitWorktree> _worktrees = [];
    private Items<WorktreeView> _views = [];

    public MergePlanner(MergeJob job, MergeRepository repository, IMergeStatus status, MergeProblems problems)
    {
        _job = job;
        _repository = repository;
        _status = status;
        _problems = problems;
        _files = new BookkeepingFiles(job.MissionPath, status.LogPath, status.SnapshotPath);
        _own = new OwnFiles(repository, _files, job.Root);
    }

    public void Dispose() => _checks.Dispose();

    /// <summary>The plan; null where there are problems.</summary>
    public Result<MergePlan?> Plan()
    {
        if (!_repository.Worktrees().Try(out _worktrees!, out var failure))
        {
            return failure;
        }

        var reader = new MergeTipsReader(_job, _repository);
        var read = reader.Read(_problems);
        if (read.Failure is { } unread)
        {
            return unread;
        }

        read.Try(out var tips, out _);
        failure = StartChecks(reader.Lanes) ?? (tips is null ? null : TakeRows(tips)) ?? Gate();
        if (failure is not null || !_checks.Finish().Try(out _views!, out failure))
        {
            return failure;
        }

        CheckLaneWorktrees(reader.Lanes);
        if (tips is null)
        {
            // Without a target there is nothing to merge into; everything else was worth telling.
            return (MergePlan?)null;
        }

        bool isNothingNew = IsNothingNew(tips, out failure);
        if (failure is not null)
        {
            return failure;
        }

        return Decide(tips, isNothingNew);
    }

    private Failure? Gate()
    {
        var objections = new List<string>();
        if (_status.Prepare(objections) is { } failure)
        {
            return failure;
        }

        foreach (string objection in objections)
        {
            _problems.Add(objection);
        }

        return null;
    }

    private Result<MergePlan?> Decide(MergeTips tips, bool isNothingNew)
    {
        if (!_repository.TreeOf(tips.Target).Try(out string? targetTree, out var failure))
        {
            return failure;
        }

        Landing? landing = new Landing(tips.Target, targetTree);
        if (!isNothingNew || _status.HasRows)
        {
            var landed = Land(tips, targetTree);
            if (landed.Failure is not null || !landed.Try(out landing, out failure))
            {
                return landed.Failure!;
            }
        }

        if (landing is null)
        {
            // Nothing lands, and so no branch moves; what would keep the target from moving can be told all the same.
            CheckTarget();
            return (MergePlan?)null;
        }

        DecideRefs(tips, landing);
        if (!Moves(landing).Try(out var moves, out failure))
        {
            return failure;
        }

        if (_problems.Any)
        {
            return (MergePlan?)null;
        }

        if (_worktrees.Find(static worktree => worktree.Fault is not null) is { Fault: { } unknown })
        {
            return unknown;
        }

        return new MergePlan
        {
            Mission = _job.Mission,
            Target = _job.Target,
            Strategy = _job.Strategy,
            Landed = landing.Commit,
            WorkPackages = WorkPackages().ToArray(),
            Refs = _refs,
            Moves = moves,
            Removals = _removals,
            KeptWorktrees = _kept.ToArray(),
            WritesStatus = _status.Checkout is null && (IsMainMoved(moves) || _refs.Exists(r => r.New is null && r.Name == RefNames.OfBranch(_job.StatusBranch ?? _job.MissionBranch))),
            HasRows = _status.HasRows,
        };
    }

    private Result<Landing?> Land(MergeTips tips, string targetTree)
    {
        if (_own.Store(_status) is { } unstored)
        {
            return unstored;
        }

        var lost = new List<string>();
        if (AddLost(lost) is { } unseen)
        {
            return unseen;
        }

        var trees = new TreeMerger(_repository, _files, _status);
        if (!LaneMerger.Merge(_job, tips, _repository, trees, _problems).Try(out string? mission, out var failure)
            || !_own.Against(targetTree, lost).Try(out var own, out failure))
        {
            return failure;
        }

        // Also where there are problems already: whether the target would take what goes together can be told all the same.
        return new Lander(_job, tips, _repository, trees, _files, _problems).Land(mission, own, tips.Lanes);
    }

    /// <summary>Adds the own files that the main checkout, being on the target, has deleted.</summary>
    private Failure? AddLost(List<string> lost)
    {
        foreach (var view in _views)
        {
            if (view.Worktree.IsMain && view.Worktree.HasBranch(_job.Target) && view.AddGone(_files, lost) is { } unseen)
            {
                return unseen;
            }
        }

        return null;
    }

    private Failure? StartChecks(Items<LaneTip> lanes)
    {
        foreach (var worktree in _worktrees)
        {
            bool concerns = worktree.HasBranch(_job.Target) || worktree.HasBranch(_job.MissionBranch)
                || (_job.StatusBranch is { } status && worktree.HasBranch(status)) || LaneOn(worktree, lanes) is not null;
            if (concerns && _checks.Start(_repository, worktree, withUntracked: IsOurs(worktree)) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Takes the rows that branches carry and the mission's own log lacks.</summary>
    private Failure? TakeRows(MergeTips tips)
    {
        List<(string Commit, string Name)> sources = [(tips.Target, _job.Target)];
        if (tips.Mission is { } mission)
        {
            sources.Add((mission, _job.MissionBranch));
        }

        foreach (var lane in tips.Lanes)
        {
            if (lane.Tip is { } tip)
            {
                sources.Add((tip, lane.Lane.Branch));
            }
        }

        foreach (var (commit, name) in sources)
        {
            if (!_repository.TreeOf(commit).Try(out string? tree, out var failure))
            {
                return failure;
            }

            var read = _repository.ReadFile(tree, _status.LogPath);
            if (read.Failure is { } unread)
            {
                return unread;
            }

            if (read.Try(out byte[]? log, out _) && log is not null && _status.Take(log, name + ":" + _status.LogPath) is { } conflict)
            {
                _problems.Add(ErrorCode.MergeConflict, conflict);
            }
        }

        return null;
    }

    /// <summary>Uncommitted work of a lane is not merged, and so it stops the merge; what git does not know is merged around.</summary>
    private void CheckLaneWorktrees(Items<LaneTip> lanes)
    {
        foreach (var view in _views)
        {
            if (LaneOn(view.Worktree, lanes) is not { } lane)
            {
                continue;
            }

            var foreign = view.Foreign(_files);
            if (foreign.Count > 0 || view.Worktree.HasOperation)
            {
                string files = foreign.Count > 0 ? Listed(foreign) : "an unfinished git operation";
                _problems.Add(ErrorCode.WorktreeDirty, Messages.MergeLaneWorktreeChanged(lane.Branch, view.Worktree.Path, files));
            }
        }
    }

    /// <summary>No lane brings anything, nor does the mission's own branch or that of its rows.</summary>
    private bool IsNothingNew(MergeTips tips, out Failure? failure)
    {
        failure = null;
        foreach (var lane in tips.Lanes)
        {
            if (lane.Tip is not null)
            {
                return false;
            }
        }

        bool isContained = true;
        foreach (string? tip in (ReadOnlySpan<string?>)[tips.Mission, tips.Status])
        {
            if (isContained && tip is not null && tip != tips.Target)
            {
                _repository.Graph.IsAncestor(tip, tips.Target).Try(out isContained, out failure);
            }
        }

        return isContained;
    }

    private void DecideRefs(MergeTips tips, Landing landing)
    {
        if (tips.IsTargetNew || landing.Commit != tips.Target)
        {
            _refs.Add(new RefMove(RefNames.OfBranch(_job.Target), tips.IsTargetNew ? null : tips.Target, landing.Commit));
        }

        if (_job.MissionBranch != _job.Target)
        {
            DecideRef(_job.MissionBranch, tips.Mission, landing);
        }

        if (_job.StatusBranch is { } rows)
        {
            DecideRef(rows, tips.Status, landing);
        }

        foreach (var lane in tips.Lanes)
        {
            bool isOther = lane.Lane.Branch == _job.Target || lane.Lane.Branch == _job.MissionBranch || lane.Lane.Branch == _job.StatusBranch;
            if (lane.Branch is { } branch && !isOther && !StaysCheckedOut(lane.Lane.Branch))
            {
                _refs.Add(new RefMove(RefNames.OfBranch(lane.Lane.Branch), branch, null));
            }
        }
    }

    /// <summary>A branch of the mission that somebody works on cannot go. It is then where the target is.</summary>
    private void DecideRef(string branch, string? tip, Landing landing)
    {
        if (tip is not null)
        {
            bool stays = StaysCheckedOut(branch);
            if (!stays || tip != landing.Commit)
            {
                _refs.Add(new RefMove(RefNames.OfBranch(branch), tip, stays ? landing.Commit : null));
            }
        }
    }

    /// <summary>Whether a checkout keeps the branch; those that do not are removed with it.</summary>
    private bool StaysCheckedOut(string branch)
    {
        bool stays = false;
        var removable = new Items<WorktreeRemoval>();
        foreach (var worktree in _worktrees)
        {
            if (worktree.BusyBranch == branch)
            {
                stays = true;
            }

            if (!worktree.HasBranch(branch))
            {
                continue;
            }

            var view = _views.Find(v => v.Worktree == worktree);
            bool isClean = view is not null && view.Status.Changed.Count == 0 && view.Status.Untracked.Count == 0;
            if (IsOurs(worktree) && isClean && !worktree.IsLocked && !worktree.HasOperation && !HoldsRepository(worktree))
            {
                removable.Add(new WorktreeRemoval(worktree.Path, worktree.GitDirectory, view!.Since));
                continue;
            }

            stays = true;
            if (!worktree.IsMain && IsOurs(worktree))
            {
                _kept.Add(worktree.Path);
            }
        }

        if (!stays)
        {
            _removals.AddRange(removable);
        }

        return stays;
    }

    /// <summary>
    /// Whether there is another repository in it: a submodule's, which lives in the worktree's git directory, or one that git ignores. It would go with the worktree,
    /// and with it commits that are nowhere else; <c>git worktree remove</c> does not do that either.
    /// </summary>
    private static bool HoldsRepository(GitWorktree worktree) =>
        Posix.Stat(worktree.GitDirectory + "/modules", out _) != -Errno.NoEntry || DirectoryTree.HoldsBelow(worktree.Path, ".git");

    /// <summary>Tells of the target's checkouts that cannot move whatever lands.</summary>
    private void CheckTarget()
    {
        foreach (var view in _views)
        {
            if (view.Worktree.HasBranch(_job.Target))
            {
                new WorktreeMovePlanner(_repository, _files, _own, _status, _problems).Object(view, _job.Target);
            }
        }
    }

    /// <summary>The checkouts that follow a branch to the landing, if nothing in them is in the way.</summary>
    private Result<Items<WorktreeMove>> Moves(Landing landing)
    {
        var moves = new Items<WorktreeMove>();
        foreach (var reference in _refs)
        {
            if (reference.Old is not { } old || reference.New is null || RefNames.BranchOf(reference.Name) is not { } branch)
            {
                continue;
            }

            foreach (var worktree in _worktrees)
            {
                if (worktree.BusyBranch == branch)
                {
                    _problems.Add(ErrorCode.WorktreeDirty, Messages.MergeWorktreeBusy(branch, worktree.Path));
                }
            }

            foreach (var view in _views)
            {
                if (!view.Worktree.HasBranch(branch))
                {
                    continue;
                }

                var planned = new WorktreeMovePlanner(_repository, _files, _own, _status, _problems).Plan(view, branch, old, landing);
                if (planned.Failure is { } failure)
                {
                    return failure;
                }

                if (planned.Try(out var move, out _) && move is not null)
                {
                    moves.Add(move);
                }
            }
        }

        return moves;
    }

    private bool IsMainMoved(Items<WorktreeMove> moves) => moves.Exists(move => move.Path == _job.Root);

    private List<string> WorkPackages()
    {
        var all = new List<string>();
        foreach (var lane in _job.Lanes)
        {
            all.AddRange(lane.WpIds);
        }

        return all;
    }

    /// <summary>The lane whose branch a checkout has, if that lane's work is to be merged.</summary>
    private static MergeLane? LaneOn(GitWorktree worktree, Items<LaneTip> lanes)
    {
        foreach (var lane in lanes)
        {
            if (lane.Branch is not null && worktree.HasBranch(lane.Lane.Branch))
            {
                return lane.Lane;
            }
        }

        return null;
    }

    private bool IsOurs(GitWorktree worktree) => !worktree.IsMain && worktree.Path.StartsWith(_job.WorktreesDirectory + "/", StringComparison.Ordinal);

    internal static string Listed(List<string> paths)
    {
        const int Most = 10;
        var texts = new List<string>();
        for (int i = 0; i < paths.Count && i < Most; i++)
        {
            texts.Add(BookkeepingFiles.Text(paths[i]));
        }

        return string.Join(", ", texts) + (paths.Count > Most ? ", …" : "");
    }
}
