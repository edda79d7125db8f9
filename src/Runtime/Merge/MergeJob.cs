using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>What is to be merged, and where it is. Plain facts: the Merge room knows neither missions nor logs.</summary>
internal sealed class MergeJob
{
    /// <summary>The mission's directory name.</summary>
    public required string Mission { get; init; }

    /// <summary>Absolute path of the main checkout.</summary>
    public required string Root { get; init; }

    /// <summary>Absolute path of git's common directory.</summary>
    public required string CommonDirectory { get; init; }

    /// <summary>The mission's directory below <see cref="Root"/>.</summary>
    public required string MissionPath { get; init; }

    public required string MissionBranch { get; init; }

    /// <summary>The branch that has the mission's rows, where that is not the mission branch.</summary>
    public required string? StatusBranch { get; init; }

    public required string Target { get; init; }

    public required MergeStrategy Strategy { get; init; }

    /// <summary>In the manifest's order.</summary>
    public required Items<MergeLane> Lanes { get; init; }

    /// <summary>Absolute path of the directory in which worktrees are this host's to remove.</summary>
    public string WorktreesDirectory => Root + "/.worktrees";

    /// <summary>Absolute path that names of scratch files begin with; its directory exists.</summary>
    public required string Scratch { get; init; }

    /// <summary>The descriptor of the repository's merge lock, which children that change a checkout inherit.</summary>
    public required int LockDescriptor { get; init; }

    /// <summary>Absolute path of what a killed merge is finished by.</summary>
    public string JournalPath => MergeJournal.PathOf(CommonDirectory, Mission);

    /// <summary>What a mission's <see cref="Scratch"/> is.</summary>
    public static string ScratchOf(string locksDirectory, string mission) => locksDirectory + "/" + mission + ".merge";
}
