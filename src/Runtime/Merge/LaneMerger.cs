using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>Brings every lane into the mission branch, in memory, lane by lane in the manifest's order, the mission's rows first: fast-forward where that is possible.</summary>
internal static class LaneMerger
{
    /// <summary>The commit that has all lanes. A lane that conflicts is left out and told, and the others are still tried.</summary>
    public static Result<string> Merge(MergeJob job, MergeTips tips, MergeRepository repository, TreeMerger trees, MergeProblems problems)
    {
        var branches = new List<(string Name, string? Tip)>();
        if (tips.Status is not null)
        {
            branches.Add((job.StatusBranch!, tips.Status));
        }

        foreach (var lane in tips.Lanes)
        {
            branches.Add((lane.Lane.Branch, lane.Tip));
        }

        string mission = tips.Mission ?? tips.Target;
        foreach (var (name, branch) in branches)
        {
            if (branch is not { } tip)
            {
                continue;
            }

            if (!repository.Graph.MergeBases(mission, tip).Try(out var bases, out var failure))
            {
                return failure;
            }

            if (bases.Count == 1 && bases[0] == tip)
            {
                continue;
            }

            if (bases.Count == 1 && bases[0] == mission)
            {
                mission = tip;
                continue;
            }

            var conflicts = new List<string>();
            var merged = trees.Merge(mission, tip, conflicts);
            if (merged.Failure is { } unmerged)
            {
                // Of this lane only; the next may say something else.
                problems.Add(unmerged);
                continue;
            }

            if (!merged.Try(out string? tree, out _) || tree is null)
            {
                problems.Add(ErrorCode.MergeConflict, Messages.MergeConflict(name, job.MissionBranch, string.Join(", ", conflicts)));
                continue;
            }

            if (!repository.Writer.Commit(tree, [mission, tip], Messages.MergeSubject(name, job.MissionBranch) + "\n").Try(out string? commit, out failure))
            {
                return failure;
            }

            mission = commit;
        }

        return mission;
    }
}
