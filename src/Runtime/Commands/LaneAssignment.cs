using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Commands;

/// <summary>The lane that a work package belongs to, with its branch, its worktree and what it is based on (levels 1.1.0 and up, HOST §10.2.1).</summary>
internal sealed class LaneAssignment
{
    private readonly Mission _mission;
    private readonly LaneManifest _manifest;
    private readonly ManifestLane _lane;

    private LaneAssignment(Mission mission, LaneManifest manifest, ManifestLane lane)
    {
        _mission = mission;
        _manifest = manifest;
        _lane = lane;
        Branch = LaneNames.Branch(mission, manifest, lane);
        // Planning artifacts are made where the target is checked out: a second worktree of one branch git would refuse.
        Path = lane.IsPlanning ? mission.Project.Root : LaneNames.Worktree(mission, lane.Id);
        BaseRef = mission.Meta.CoordinationBranch ?? mission.Meta.TargetBranch ?? manifest.MissionBranch;
    }

    public string LaneId => _lane.Id;

    public string Branch { get; }

    /// <summary>Absolute path of the worktree.</summary>
    public string Path { get; }

    /// <summary>The ref that the lane's commits are counted from.</summary>
    public string BaseRef { get; }

    /// <summary>Work on it has a worktree of its own.</summary>
    public bool HasWorktree => !_lane.IsPlanning;

    /// <summary>The worktree is there, whatever state it is in.</summary>
    public bool IsMade => Site().Head.Length > 0;

    /// <summary>The lane of <paramref name="wp"/>; null where the mission has no lanes, or none with it.</summary>
    public static Result<LaneAssignment?> Of(Mission mission, string wp)
    {
        if (!LaneManifest.LoadIfAny(mission).Try(out var manifest, out var failure))
        {
            return failure;
        }

        return manifest?.LaneOf(wp) is { } lane ? new LaneAssignment(mission, manifest, lane) : null;
    }

    /// <summary>Makes the worktree, or takes the one that is there.</summary>
    public Result<LaneAllocator> Allocate(string wp, Deadline deadline)
    {
        if (!GitRunner.Create(_mission.Project.Root, deadline).Try(out var git, out var failure)
            || !LaneAllocator.Allocate(git, _mission.Project.GitDirectory, Order()).Try(out var allocator, out failure))
        {
            return failure.Code == ErrorCode.LaneAllocationFailed ? WithData(failure, wp) : failure;
        }

        return allocator;
    }

    /// <summary>Why the work package may not be reviewed for want of a commit on its lane; null when there is one (HOST §10.2.2).</summary>
    public Failure? RefuseReviewWithoutCommit(string wp, Deadline deadline)
    {
        if (!HasWorktree)
        {
            return null;
        }

        if (!GitRunner.Create(_mission.Project.Root, deadline).Try(out var git, out var failure))
        {
            return failure;
        }

        using (git)
        {
            var site = Site();
            GitOutcome? count = null;
            if (site.Fault is not null || (site.Head.Length > 0
                && !git.Run(new GitOptions { Directory = Path }, "rev-list", "--count", "--max-count=1", BaseRef + "..HEAD").Try(out count, out failure)))
            {
                return site.Fault ?? failure;
            }

            if (count is { IsSuccess: false, IsOfTheMachine: true })
            {
                return count.ToFailure();
            }

            bool has = count is { IsSuccess: true, Text: not ("" or "0") };
            return has ? null : new Failure(ErrorCode.TransitionRejected, Messages.ForReviewNeedsCommit(wp, LaneId, Branch, BaseRef), new ForReviewRefusedData
            {
                Identity = _mission.Identity,
                WpId = wp,
                LaneId = LaneId,
            });
        }
    }

    private WorktreeSite Site() => WorktreeSite.Of(_mission.Project.Root, Path, _mission.Project.GitDirectory);

    private Failure WithData(Failure failure, string wp) => new(failure.Code, failure.Message, new LaneAllocationFailedData
    {
        Identity = _mission.Identity,
        WpId = wp,
        Reason = failure.Message,
    })
    {
        Effect = failure.Effect,
        Retryable = failure.Retryable,
    };

    private LaneOrder Order() => new()
    {
        LaneId = LaneId,
        CommonDirectory = _mission.Project.GitDirectory ?? _mission.Project.Root + "/.git",
        Path = Path,
        Root = _mission.Project.Root,
        Branch = Branch,
        Parent = _mission.Meta.CoordinationBranch ?? _manifest.MissionBranch,
        ParentStart = _manifest.TargetBranch,
        Dependencies = Dependencies(),
        LeftOut = _mission.IsCoordinated ? [_mission.RelativePathOf(EventLogFiles.Log), _mission.RelativePathOf(EventLogFiles.Snapshot)] : [],
    };

    /// <summary>The lanes this one depends on, in the order in which they were planned.</summary>
    private Items<LaneDependency> Dependencies()
    {
        var lanes = new Items<ManifestLane>();
        foreach (string id in _lane.DependsOnLanes)
        {
            if (_manifest.Find(id) is { } lane && !IsAmong(lanes, lane))
            {
                lanes.Add(lane);
            }
        }

        lanes.Sort(static (a, b) => a.ParallelGroup != b.ParallelGroup ? a.ParallelGroup.CompareTo(b.ParallelGroup) : string.CompareOrdinal(a.Id, b.Id));
        var dependencies = new Items<LaneDependency>(lanes.Count);
        foreach (var lane in lanes)
        {
            dependencies.Add(new LaneDependency(lane.Id, LaneNames.Branch(_mission, _manifest, lane)));
        }

        return dependencies;
    }

    private static bool IsAmong(Items<ManifestLane> lanes, ManifestLane lane)
    {
        bool isAmong = false;
        foreach (var other in lanes)
        {
            isAmong |= other == lane;
        }

        return isAmong;
    }
}
