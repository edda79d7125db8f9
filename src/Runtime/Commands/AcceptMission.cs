using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>
/// Records in meta.json that a mission whose work packages are all approved or done is accepted (HOST §6.8). Nothing that a data file names is ever run, and a
/// call that fails writes nothing.
/// </summary>
internal static class AcceptMission
{
    private const string MetaName = "meta.json";
    private const string WorkflowsDirectory = ".github/workflows";
    private const int MaxBytes = 16 * 1024 * 1024;

    public static Result<Payload> Run(AcceptMissionRequest request, CallContext context)
    {
        if (!MissionSelector.Resolve(context.Project, request.Mission).Try(out var mission, out var failure))
        {
            return failure;
        }

        if (ProjectSchema.Check(context.Project) is { } unsupported)
        {
            return unsupported;
        }

        if (!StatusMutation.Begin(StatusSurface.Of(mission, context), context).Try(out var transaction, out failure))
        {
            return failure;
        }

        using (transaction)
        {
            return TaskFiles.Load(mission).Try(out var tasks, out failure) ? Decide(request, mission, tasks, transaction.Status, context) : failure;
        }
    }

    private static Result<Payload> Decide(AcceptMissionRequest request, Mission mission, TaskSet tasks, MissionStatus status, CallContext context)
    {
        if (Unready(mission, tasks, status) is { } unready)
        {
            return unready;
        }

        if (RefuseWorkflows(mission, context) is { } refused)
        {
            return refused;
        }

        return Record(request, mission).Try(out var recorded, out var failure) ? Answer(mission, tasks, status, recorded.At, recorded.IsOld, context.Replayed) : failure;
    }

    private static Failure? Unready(Mission mission, TaskSet tasks, MissionStatus status)
    {
        var lanes = new StatusLanes(status);
        var incomplete = new List<string>();
        foreach (var task in tasks.Files)
        {
            if (!Lanes.SatisfiesDependency(lanes.Of(task.WpId)))
            {
                incomplete.Add(task.WpId);
            }
        }

        foreach (var package in status.WorkPackages)
        {
            if (tasks.IndexOf(package.Id) < 0 && !Lanes.SatisfiesDependency(package.Lane))
            {
                incomplete.Add(package.Id);
            }
        }

        if (incomplete.Count == 0)
        {
            return null;
        }

        CollectionsMarshal.AsSpan(incomplete).Sort(CodePointOrder.Compare);
        return new Failure(ErrorCode.MissionNotReady, Messages.MissionNotReady(string.Join(", ", incomplete)), new MissionNotReadyData { Identity = mission.Identity, IncompleteWps = incomplete.ToArray() });
    }

    /// <summary>Off the target branch, workflow files that were added or changed need evidence of a run.</summary>
    private static Failure? RefuseWorkflows(Mission mission, CallContext context)
    {
        var project = context.Project;
        if (project.GitDirectory is null || mission.Meta.TargetBranch is null)
        {
            return null;
        }

        string workflows = project.PathOf(WorkflowsDirectory);
        if (Posix.Stat(workflows, out _) is < 0 and var error)
        {
            return error is -Errno.NoEntry or -Errno.NotDirectory ? null : FileErrors.ToFailure("read", workflows, error);
        }

        if (!HasEvidence(mission).Try(out bool isProven, out var failure))
        {
            return failure;
        }

        if (isProven)
        {
            return null;
        }

        if (!GitRunner.Create(project.Root, context.Deadline).Try(out var git, out failure))
        {
            return failure;
        }

        using (git)
        {
            if (!ChangesWorkflows(git, project.GitDirectory!, project.Root, mission.Meta.TargetBranch!).Try(out bool changes, out failure))
            {
                return failure;
            }

            string path = mission.PathOf(WorkflowEvidence.FileName);
            return changes
                ? new Failure(ErrorCode.WorkflowEvidenceRequired, Messages.WorkflowEvidenceRequired(path), new WorkflowEvidenceRequiredData { Identity = mission.Identity, RequiredEvidencePath = path })
                : null;
        }
    }

    private static Result<bool> ChangesWorkflows(GitRunner git, string common, string root, string target)
    {
        var refs = new GitRefs(common, git);
        if (!refs.HeadOf(common, root).Try(out var head, out var failure))
        {
            return failure;
        }

        if (head.Branch == target || !BranchNames.IsValid(target))
        {
            return false;
        }

        string name = RefNames.OfBranch(target);
        if (!refs.Find(name).Try(out string? tip, out failure) && failure is not null)
        {
            return failure;
        }

        if (tip is null)
        {
            name = RefNames.OfOrigin(target);
            if (!refs.Find(name).Try(out tip, out failure) && failure is not null)
            {
                return failure;
            }
        }

        if (tip is null)
        {
            return false;
        }

        if (!git.Run("diff", "--no-ext-diff", "--name-only", "--diff-filter=AMR", "-z", name + "..." + RefNames.Head, "--", WorkflowsDirectory).Try(out var outcome, out failure))
        {
            return failure;
        }

        return outcome.IsSuccess ? !outcome.Output.IsEmpty : outcome.ToFailure();
    }

    private static Result<bool> HasEvidence(Mission mission)
    {
        var outcome = ProjectFiles.TryRead(mission.Project.Root, mission.RelativePathOf(WorkflowEvidence.FileName), MaxBytes, out var bytes);
        using (bytes)
        {
            return outcome.Status == ReadStatus.Failed ? outcome.ToFailure("read", mission.PathOf(WorkflowEvidence.FileName))
                : outcome.IsOk && WorkflowEvidence.NamesRun(Encoding.UTF8.GetString(bytes.Span));
        }
    }

    /// <summary>Writes meta.json, unless the same actor's acceptance is the latest already.</summary>
    private static Result<(string At, bool IsOld)> Record(AcceptMissionRequest request, Mission mission)
    {
        string relative = mission.RelativePathOf(MetaName);
        var outcome = ProjectFiles.TryRead(mission.Project.Root, relative, MaxBytes, out var bytes);
        using (bytes)
        {
            if (outcome.Status == ReadStatus.Failed)
            {
                return outcome.ToFailure("read", mission.PathOf(MetaName));
            }

            string? problem = outcome.IsOk ? null : outcome.Detail;
            var meta = outcome.IsOk ? JsonObjectEdit.Parse(bytes.Span, out problem) : null;
            if (meta is null)
            {
                return new Failure(ErrorCode.MetaInvalid, Messages.MetaInvalid(relative, problem!));
            }

            if (Acceptance.LatestBy(meta, request.Actor) is { } earlier)
            {
                return (earlier, true);
            }

            string now = Clock.UtcNowText();
            if (Acceptance.Record(meta, request.Actor, now) is { } wrong)
            {
                return new Failure(ErrorCode.MetaInvalid, Messages.MetaInvalid(relative, wrong));
            }

            if (Signals.Failure() is { } interrupted)
            {
                return interrupted;
            }

            // A link inside the project stays one.
            if (Posix.RealPath(mission.PathOf(MetaName), out string path) is < 0 and var error)
            {
                return FileErrors.ToFailure("read", mission.PathOf(MetaName), error);
            }

            return DurableFile.Replace(path, meta.ToBytes(), sync: true) is { } failure ? failure : (now, false);
        }
    }

    private static AcceptMissionPayload Answer(Mission mission, TaskSet tasks, MissionStatus status, string at, bool isOld, bool? replayed)
    {
        var lanes = new StatusLanes(status);
        List<string> approved = [], done = [], warnings = [];
        foreach (var task in tasks.Files)
        {
            (lanes.Of(task.WpId) == Lane.Done ? done : approved).Add(task.WpId);
        }

        if (mission.Warning is { } odd)
        {
            warnings.Add(odd);
        }

        tasks.AddWarnings(warnings);
        return new AcceptMissionPayload
        {
            Identity = mission.Identity,
            Accepted = true,
            Mode = AcceptMissionPayloadFields.ModeValues[0],
            AcceptedAt = at,
            AcceptedWps = [.. approved, .. done],
            ApprovedWps = approved.ToArray(),
            DoneWps = done.ToArray(),
            MergePendingWps = approved.ToArray(),
            NoOp = isOld,
            Replayed = replayed,
            Warnings = warnings.Count == 0 ? null : warnings.ToArray(),
        };
    }
}
