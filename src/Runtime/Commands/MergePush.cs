using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Git;

namespace SpecKitty.Commands;

/// <summary>Pushes the target to origin.</summary>
internal static class MergePush
{
    /// <summary>Null when it is there; else what was said against it, a sentence each.</summary>
    public static List<string>? Run(GitRunner git, string target)
    {
        string branch = RefNames.OfBranch(target);
        if (!git.Run(new GitOptions { RunsHooks = true }, "push", "--porcelain", MergeTargets.Remote, branch + ":" + branch).Try(out var outcome, out var failure))
        {
            return [failure.Message];
        }

        if (outcome.IsSuccess)
        {
            return null;
        }

        // A line for each ref that was refused: "!", what was to be pushed, and why.
        var reasons = new List<string>();
        foreach (string line in Encoding.UTF8.GetString(outcome.Output).Split('\n'))
        {
            if (line.StartsWith('!'))
            {
                reasons.Add(line[1..].Trim().Replace('\t', ' '));
            }
        }

        reasons.Add(outcome.Describe());
        return reasons;
    }
}
