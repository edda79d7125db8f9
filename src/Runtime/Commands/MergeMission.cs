using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Merge;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Commands;

/// <summary>Lands a mission: every lane into the mission branch, that into its target, all or nothing (HOST §6.9, DESIGN §9, docs/adr/0006).</summary>
internal static class MergeMission
{
    /// <summary>The repository's merge lock, below the directory of the locks.</summary>
    internal const string LockName = "/repository.merge.lock";

    public static Result<Payload> Run(MergeMissionRequest request, CallContext context)
    {
        if (!TryParse(request.Strategy, out var strategy))
        {
            string supported = string.Join(", ", FlagValues.Strategy);
            return new Failure(ErrorCode.UnsupportedStrategy, Messages.UnsupportedStrategy(request.Strategy, supported), new UnsupportedStrategyData
            {
                Strategy = request.Strategy,
                Supported = FlagValues.Strategy,
            });
        }

        if (!MissionSelector.Resolve(context.Project, request.Mission).Try(out var mission, out var failure))
        {
            return failure;
        }

        if (ProjectSchema.Check(context.Project) is { } unsupported)
        {
            return unsupported;
        }

        if (context.Project.GitDirectory is not { } common)
        {
            var problems = new MergeProblems();
            problems.Add(Messages.MergeNotARepository(context.Project.Root));
            return problems.ToFailure(mission.Identity, request.Target ?? mission.Meta.TargetBranch);
        }

        // The mission's lock first, then the repository's: two missions may land on one branch.
        var surface = StatusSurface.Of(mission, context);
        Failure? lost = null;
        if (!StatusMutation.Begin(surface, context).Try(out var mutation, out failure))
        {
            if (failure.Code != ErrorCode.StatusReadPathNotFound || !surface.IsGone)
            {
                return failure;
            }

            // Either it was merged already, and the coordination branch went with that, or it is lost. What landed tells.
            lost = failure;
            surface = StatusSurface.Primary(mission, context);
            if (!StatusMutation.Begin(surface, context).Try(out mutation, out failure))
            {
                return failure;
            }
        }

        using (mutation)
        {
            if (!FileLock.Acquire(context.Project.LocksDirectory + LockName, mission.DirectoryName, Deadline.LockTimeout(), context.Deadline).Try(out var held, out failure)
                || !GitRunner.Create(context.Project.Root, context.Deadline).Try(out var git, out failure))
            {
                return failure;
            }

            using (held)
            using (git)
            {
                return new MergeCall(request, context, mission, surface, mutation, git, common, held.Descriptor, strategy, lost).Run();
            }
        }
    }

    private static bool TryParse(string text, out MergeStrategy strategy)
    {
        (bool known, strategy) = text switch
        {
            FlagValues.StrategyMerge => (true, MergeStrategy.Merge),
            FlagValues.StrategySquash => (true, MergeStrategy.Squash),
            FlagValues.StrategyRebase => (true, MergeStrategy.Rebase),
            _ => (false, MergeStrategy.Merge),
        };
        return known;
    }
}
