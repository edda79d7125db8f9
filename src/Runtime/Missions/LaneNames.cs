using System;

namespace SpecKitty.Missions;

/// <summary>Names of branches and worktrees, from the mission's directory name and never from what the caller typed (HOST §1.9, DESIGN §11).</summary>
internal static class LaneNames
{
    private const string BranchPrefix = "kitty/mission-";
    private const string WorktreesDirectory = ".worktrees/";
    private const string CoordinationSuffix = "-coord";
    private const int NumberLength = 3;

    /// <summary>The branch of a lane of <paramref name="mission"/>; the target itself for the planning lane.</summary>
    public static string Branch(Mission mission, LaneManifest manifest, ManifestLane lane) =>
        lane.IsPlanning ? manifest.TargetBranch : Branch(mission.DirectoryName, lane.Id);

    /// <summary><c>kitty/mission-{body}-{lane}</c>; the body is the directory's name, without <c>NNN-</c> if that name ends in a mid8.</summary>
    public static string Branch(string directoryName, string laneId) => BranchPrefix + BodyOf(directoryName) + "-" + laneId;

    /// <summary>Path of a lane's worktree below the project's root.</summary>
    public static string RelativeWorktree(Mission mission, string laneId) => WorktreesDirectory + mission.DirectoryName + "-" + laneId;

    /// <summary>Absolute path of a lane's worktree.</summary>
    public static string Worktree(Mission mission, string laneId) => mission.Project.PathOf(RelativeWorktree(mission, laneId));

    /// <summary>Absolute path that is suggested for a work package in no lane, and never made (HOST §1.9).</summary>
    public static string SuggestedWorkspace(Mission mission, string wpId) => mission.Project.PathOf(WorktreesDirectory + mission.DirectoryName + "-" + wpId);

    /// <summary>The branch that a mission has by its name; lanes.json and meta.json may name another.</summary>
    public static string MissionBranch(Mission mission) => BranchPrefix + CoordinationName(mission);

    /// <summary>Path of the coordination worktree below the project's root.</summary>
    public static string RelativeCoordinationWorktree(Mission mission) => WorktreesDirectory + CoordinationName(mission) + CoordinationSuffix;

    /// <summary>Absolute path of the coordination worktree.</summary>
    public static string CoordinationWorktree(Mission mission) => mission.Project.PathOf(RelativeCoordinationWorktree(mission));

    /// <summary>The directory's name, ending in the mission's mid8 if it has one.</summary>
    private static string CoordinationName(Mission mission)
    {
        string name = mission.DirectoryName, mid8 = mission.Mid8;
        return mid8.Length == 0 || name.EndsWith("-" + mid8, StringComparison.Ordinal) ? name : name + "-" + mid8;
    }

    private static string BodyOf(string directoryName)
    {
        bool isNumbered = directoryName.Length > NumberLength && directoryName[NumberLength] == '-'
            && directoryName.AsSpan(0, NumberLength).IndexOfAnyExceptInRange('0', '9') < 0;
        return isNumbered && Mid8.TailOf(directoryName).Length != 0 ? directoryName[(NumberLength + 1)..] : directoryName;
    }
}
