using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;

namespace SpecKitty.Merge;

/// <summary>Finds where the branches are, and which lanes have landed before.</summary>
internal sealed class MergeTipsReader
{
    private readonly MergeJob _job;
    private readonly MergeRepository _repository;
    private readonly Items<LaneTip> _lanes = [];
    private Dictionary<string, string>? _landed;

    public MergeTipsReader(MergeJob job, MergeRepository repository)
    {
        _job = job;
        _repository = repository;
    }

    /// <summary>Where the lanes' branches are, in the manifest's order; known after <see cref="Read"/>, with a target or without.</summary>
    public Items<LaneTip> Lanes => _lanes;

    /// <summary>The tips; null where there is no target to land on.</summary>
    public Result<MergeTips?> Read(MergeProblems problems)
    {
        if (!Find(RefNames.OfBranch(_job.Target), out string? target, out var failure))
        {
            return failure!;
        }

        bool isNew = target is null;
        if (isNew && !Find(RefNames.OfOrigin(_job.Target), out target, out failure))
        {
            return failure!;
        }

        if (!Find(RefNames.OfBranch(_job.MissionBranch), out string? mission, out failure))
        {
            return failure!;
        }

        string? status = null;
        if (_job.StatusBranch is { } branch && !Find(RefNames.OfBranch(branch), out status, out failure))
        {
            return failure!;
        }

        if (target is null)
        {
            problems.Add(Messages.MergeTargetMissing(_job.Target));
        }

        foreach (var lane in _job.Lanes)
        {
            if (!ReadLane(lane, target, problems).Try(out var tip, out failure))
            {
                return failure;
            }

            _lanes.Add(tip);
        }

        return target is null ? (MergeTips?)null : new MergeTips { Target = target, IsTargetNew = isNew, Mission = mission, Status = status, Lanes = _lanes };
    }

    private Result<LaneTip> ReadLane(MergeLane lane, string? target, MergeProblems problems)
    {
        if (lane.IsPlanning)
        {
            return new LaneTip(lane, null, HasLanded: true);
        }

        if (!Find(RefNames.OfBranch(lane.Branch), out string? tip, out var failure))
        {
            return failure!;
        }

        if (target is null && tip is null && !lane.IsRecordedAsMerged)
        {
            problems.Add(Messages.LaneBranchMissing(lane.Branch));
        }

        if (target is null || (tip is not null && !lane.IsRecordedAsMerged))
        {
            return new LaneTip(lane, tip, HasLanded: false);
        }

        if (tip is null)
        {
            if (!lane.IsRecordedAsMerged)
            {
                if (!Landed(target).Try(out var landed, out failure))
                {
                    return failure;
                }

                if (!landed.ContainsKey(lane.Id))
                {
                    problems.Add(Messages.LaneBranchMissing(lane.Branch));
                }
            }

            return new LaneTip(lane, null, HasLanded: true);
        }

        // Merged before, and the branch is still there, because its worktree was kept. Only what came to it since is to be merged.
        if (!_repository.Graph.IsAncestor(tip, target).Try(out bool isContained, out failure))
        {
            return failure;
        }

        if (!isContained)
        {
            if (!Landed(target).Try(out var landed, out failure))
            {
                return failure;
            }

            isContained = landed.TryGetValue(lane.Id, out string? landedTip) && landedTip == tip;
        }

        return new LaneTip(lane, tip, isContained);
    }

    /// <summary>The lanes that the newest landing commit of this mission names. One process, and only where the branches do not tell.</summary>
    private Result<Dictionary<string, string>> Landed(string target)
    {
        if (_landed is not null)
        {
            return _landed;
        }

        if (!_repository.Git.Run("log", "--max-count=1", "--format=%B", "--basic-regexp", "--grep=" + MergeTrailers.MissionPattern(_job.Mission), target).Try(out var outcome, out var failure))
        {
            return failure;
        }

        return outcome.IsSuccess ? _landed = MergeTrailers.Lanes(outcome.Text) : outcome.ToFailure();
    }

    private bool Find(string name, out string? id, out Failure? failure)
    {
        var found = _repository.Refs.Find(name);
        found.Try(out id, out failure);
        return failure is null;
    }
}
