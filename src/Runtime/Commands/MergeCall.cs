using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Merge;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>A merge under its locks: finish what was killed, plan, carry out, push.</summary>
internal sealed class MergeCall
{
    private readonly MergeMissionRequest _request;
    private readonly CallContext _context;
    private readonly Mission _mission;
    private readonly StatusSurface _surface;
    private readonly StatusMutation _mutation;
    private readonly GitRunner _git;
    private readonly GitRefs _refs;
    private readonly string _common;
    private readonly int _lock;
    private readonly MergeStrategy _strategy;
    private readonly Failure? _lost;
    private readonly MergeProblems _problems = new();

    /// <param name="request">What was asked.</param>
    /// <param name="context">The call's.</param>
    /// <param name="mission">The mission.</param>
    /// <param name="surface">Where its status is.</param>
    /// <param name="mutation">Its status, under the lock.</param>
    /// <param name="git">Runs in the main checkout.</param>
    /// <param name="common">Absolute path of git's common directory.</param>
    /// <param name="lockDescriptor">Of the repository's merge lock.</param>
    /// <param name="strategy">How the mission lands.</param>
    /// <param name="lost">Why there is nothing to merge, unless it was merged before.</param>
    public MergeCall(
        MergeMissionRequest request, CallContext context, Mission mission, StatusSurface surface, StatusMutation mutation, GitRunner git, string common, int lockDescriptor,
        MergeStrategy strategy, Failure? lost)
    {
        _request = request;
        _context = context;
        _mission = mission;
        _surface = surface;
        _mutation = mutation;
        _git = git;
        _common = common;
        _lock = lockDescriptor;
        _strategy = strategy;
        _lost = lost;
        _refs = new GitRefs(common, git);
    }

    public Result<Payload> Run()
    {
        if (!MergeTargets.Resolve(_request.Target, _mission, _context, _refs, _common).Try(out string? target, out var failure))
        {
            return failure;
        }

        if (!LaneManifest.Load(_mission).Try(out var manifest, out failure))
        {
            _problems.Add(failure);
            return (MergeTargets.Exists(target, _refs, _problems) ?? RefusePush(target)) is { } unread ? unread : Refuse(target);
        }

        if (!TaskFiles.Load(_mission).Try(out var tasks, out failure))
        {
            return failure;
        }

        if (!ProjectConfig.Load(_context.Project).Try(out var config, out failure))
        {
            return failure;
        }

        var work = new MergeWork(_mission, tasks, manifest, config.MergeGates, target);
        if (!MergeStatus.Open(_mutation, _surface, work).Try(out var status, out failure))
        {
            return failure;
        }

        if (!BranchNames.IsValid(target))
        {
            _problems.Add(Messages.MergeTargetMissing(target));
            return Refuse(target);
        }

        var job = JobOf(manifest, target);
        if (!MergeRepository.Open(job, _git).Try(out var repository, out failure))
        {
            return failure;
        }

        using (repository)
        {
            return Merge(job, repository, status);
        }
    }

    private Result<Payload> Merge(MergeJob job, MergeRepository repository, MergeStatus status)
    {
        var journal = MergeJournal.Read(job.JournalPath);
        if (journal.Failure is { } unreadable)
        {
            return unreadable;
        }

        if (journal.Try(out var left, out _) && left is not null)
        {
            var recovered = new MergeRecovery(job, repository, status).Run(left);
            if (recovered.Failure is { } stuck)
            {
                return stuck;
            }

            if (recovered.Try(out var finished, out _) && finished is not null)
            {
                return left.Plan.Target == job.Target ? Push(left.Plan, finished, status, repository) : RefuseOther(left.Plan.Target, job.Target);
            }
        }

        else
        {
            // A call that was killed just before its end leaves the directory.
            MergeJournal.Remove(job.JournalPath);
        }

        if ((RefusePush(job.Target) ?? RefuseUnfinished(job, repository)) is { } unasked)
        {
            return unasked;
        }

        using var planner = new MergePlanner(job, repository, status, _problems);
        var planned = planner.Plan();
        if (planned.Failure is { } failure)
        {
            return failure;
        }

        planned.Try(out var plan, out _);
        if (_lost is not null && plan is not { IsNoOp: true })
        {
            return _lost;
        }

        if (plan is null)
        {
            return Refuse(job.Target);
        }

        if (plan.IsNoOp)
        {
            return Push(plan, new MergeOutcome(), status, repository);
        }

        return new MergeExecution(job, repository, status, plan).Run().Try(out var outcome, out failure) ? Push(plan, outcome, status, repository) : failure;
    }

    private Failure Refuse(string target) => _problems.ToFailure(_mission.Identity, target);

    /// <summary>A push that cannot be is found out before anything is merged.</summary>
    private Failure? RefusePush(string target)
    {
        if (!_request.Push)
        {
            return null;
        }

        if (!_git.Run("remote", "get-url", MergeTargets.Remote).Try(out var outcome, out var failure))
        {
            return failure;
        }

        if (outcome is { IsSuccess: false, IsOfTheMachine: true })
        {
            return outcome.ToFailure();
        }

        if (!outcome.IsSuccess)
        {
            _problems.Add(Messages.MergeRemoteMissing(target));
        }

        return null;
    }

    /// <summary>Two merges may concern the same checkouts, and one that is half done has to be finished by its own mission's call.</summary>
    private Failure? RefuseUnfinished(MergeJob job, MergeRepository repository)
    {
        if (!MergeJournal.All(job.CommonDirectory).Try(out var paths, out var unlisted))
        {
            return unlisted;
        }

        foreach (string path in paths)
        {
            if (path == job.JournalPath)
            {
                continue;
            }

            var read = MergeJournal.Read(path);
            if (read.Failure is { } unread)
            {
                // What another program wrote there says nothing; what cannot be read for a moment may say that a merge is half done.
                if (unread.Retryable)
                {
                    return unread;
                }

                continue;
            }

            read.Try(out var other, out _);
            if (other is not { IsLanded: false })
            {
                continue;
            }

            if (!MergeRecovery.HasBegun(other.Plan, job.CommonDirectory, repository).Try(out bool hasBegun, out var failure))
            {
                return failure;
            }

            if (hasBegun)
            {
                _problems.Add(Messages.MergeUnfinished(other.Plan.Mission));
            }
        }

        return null;
    }

    private Failure RefuseOther(string finished, string asked)
    {
        _problems.Add(Messages.MergeOtherTarget(finished, asked));
        var refusal = Refuse(asked);
        return new Failure(refusal.Code, refusal.Message, refusal.Data) { Effect = Effect.Committed };
    }

    private Result<Payload> Push(MergePlan plan, MergeOutcome outcome, MergeStatus status, MergeRepository repository)
    {
        if (_request.Push && MergePush.Run(repository.Git, plan.Target) is { } rejection)
        {
            return new Failure(ErrorCode.PushRejected, Messages.PushRejected(plan.Target, string.Join("; ", rejection)), new PushRejectedData
            {
                Identity = _mission.Identity,
                TargetBranch = plan.Target,
                Strategy = NameOf(plan.Strategy),
                MergedWps = plan.WorkPackages,
                Merged = true,
                Pushed = false,
                Errors = rejection.ToArray(),
            });
        }

        var warnings = new List<string>();
        if (_mission.Warning is { } odd)
        {
            warnings.Add(odd);
        }

        warnings.AddRange(status.Warnings);
        warnings.AddRange(outcome.Warnings);
        return new MergeMissionPayload
        {
            Identity = _mission.Identity,
            Merged = true,
            TargetBranch = plan.Target,
            Strategy = NameOf(plan.Strategy),
            MergedWps = plan.WorkPackages,
            WorktreeRemoved = outcome.HasRemovedWorktrees,
            Pushed = _request.Push,
            NoOp = plan.IsNoOp,
            Replayed = _context.Replayed,
            KeptWorktrees = outcome.KeptWorktrees.Count == 0 ? null : outcome.KeptWorktrees.ToArray(),
            Warnings = warnings.Count == 0 ? null : warnings.ToArray(),
        };
    }

    private MergeJob JobOf(LaneManifest manifest, string target)
    {
        var lanes = new Items<MergeLane>();
        foreach (var lane in manifest.Lanes)
        {
            lanes.Add(new MergeLane
            {
                Id = lane.Id,
                Branch = lane.IsPlanning ? target : LaneNames.Branch(_mission, manifest, lane),
                IsPlanning = lane.IsPlanning,
                WpIds = lane.WpIds,
                IsRecordedAsMerged = IsRecordedAsMerged(lane, _mutation.Status),
            });
        }

        return new MergeJob
        {
            Mission = _mission.DirectoryName,
            Root = _context.Project.Root,
            CommonDirectory = _common,
            MissionPath = _mission.RelativeDirectory,
            MissionBranch = manifest.MissionBranch,
            StatusBranch = StatusBranch(manifest, target),
            Target = target,
            Strategy = _strategy,
            Lanes = lanes,
            LockDescriptor = _lock,
            Scratch = MergeJob.ScratchOf(_context.Project.LocksDirectory, _mission.DirectoryName),
        };
    }

    /// <summary>The coordination branch, where it is one of its own.</summary>
    private string? StatusBranch(LaneManifest manifest, string target) =>
        _surface.Worktree?.Branch is { } branch && branch != manifest.MissionBranch && branch != target && BranchNames.IsValid(branch) ? branch : null;

    /// <summary>Every work package of the lane is done, and the row that says so is a merge's.</summary>
    private static bool IsRecordedAsMerged(ManifestLane lane, MissionStatus status)
    {
        foreach (string wp in lane.WpIds)
        {
            if (!status.TryGet(wp, out var package) || package.Lane != Lane.Done || package.Actor != EventConstants.MergeActor)
            {
                return false;
            }
        }

        return lane.WpIds.Length > 0;
    }

    private static string NameOf(MergeStrategy strategy) => strategy switch
    {
        MergeStrategy.Squash => FlagValues.StrategySquash,
        MergeStrategy.Rebase => FlagValues.StrategyRebase,
        _ => FlagValues.StrategyMerge,
    };
}
