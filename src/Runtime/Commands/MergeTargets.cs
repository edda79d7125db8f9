using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Merge;
using SpecKitty.Missions;

namespace SpecKitty.Commands;

/// <summary>The branch that a mission lands on (HOST §6.9, §10.2.3).</summary>
internal static class MergeTargets
{
    public const string Remote = "origin";

    private const string LastResort = "main";

    private static string[] Usual => ["main", "master", "develop"];

    /// <summary>What was asked for, else what meta.json says, else the repository's own idea of it. It need not exist.</summary>
    public static Result<string> Resolve(string? asked, Mission mission, CallContext context, GitRefs refs, string common)
    {
        string? told = asked is { Length: > 0 } ? asked
            : context.Level >= ContractLevel.V1_1_0 && mission.Meta.MergeTargetBranch is { } merge ? merge
            : mission.Meta.TargetBranch;
        if (told is not null)
        {
            return told;
        }

        if (refs.OriginDefault() is { } remote)
        {
            return remote;
        }

        if (!refs.HeadOf(common, context.Project.Root).Try(out var head, out var failure))
        {
            return failure;
        }

        if (head.Branch is { } current)
        {
            return current;
        }

        foreach (string name in Usual)
        {
            var found = refs.Find(RefNames.OfBranch(name));
            if (found.Failure is { } unread)
            {
                return unread;
            }

            if (found.Try(out string? id, out _) && id is not null)
            {
                return name;
            }
        }

        return LastResort;
    }

    /// <summary>Adds a problem if there is no such branch, neither here nor on origin.</summary>
    public static Failure? Exists(string target, GitRefs refs, MergeProblems problems)
    {
        if (BranchNames.IsValid(target))
        {
            foreach (string name in (string[])[RefNames.OfBranch(target), RefNames.OfOrigin(target)])
            {
                var found = refs.Find(name);
                if (found.Failure is { } failure)
                {
                    return failure;
                }

                if (found.Try(out string? id, out _) && id is not null)
                {
                    return null;
                }
            }
        }

        problems.Add(Messages.MergeTargetMissing(target));
        return null;
    }
}
