using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>Where a mission's status is kept, and whose it is.</summary>
internal sealed class StatusPlace
{
    /// <summary>Absolute path of the checkout that has the log: the main one, or the coordination worktree.</summary>
    public required string ProjectRoot { get; init; }

    /// <summary>The mission's directory name: what locks and messages call it.</summary>
    public required string MissionDirectoryName { get; init; }

    /// <summary>The log's path below <see cref="ProjectRoot"/>.</summary>
    public required string LogRelativePath { get; init; }

    /// <summary>status.json's path below <see cref="ProjectRoot"/>, in the same directory.</summary>
    public required string SnapshotRelativePath { get; init; }

    /// <summary>Absolute path of the lock file: <see cref="LockPathOf"/>.</summary>
    public required string LockPath { get; init; }

    /// <summary>Whether an append may have to be taken back, because it is to be committed.</summary>
    public bool IsCommitted { get; init; }

    /// <summary>What rows and status.json say of the mission.</summary>
    public required Identity Identity { get; init; }

    /// <summary>The served contract level: what rows may have.</summary>
    public ContractLevel Level { get; init; } = ContractLevels.Default;

    /// <summary>Told the ids of rows just before they are written; what it answers, if anything, keeps them from being written.</summary>
    public Func<string[], Failure?>? Announce { get; init; }

    public string LogPath => ProjectRoot + "/" + LogRelativePath;

    public string SnapshotPath => ProjectRoot + "/" + SnapshotRelativePath;

    /// <summary>Absolute path under which the old status.json waits, beside the lock, until an append can no longer be taken back.</summary>
    public string KeptSnapshotPath => LockPath[..LockPath.LastIndexOf('/')] + "/" + MissionDirectoryName + ".status.kept";

    /// <summary>Absolute path of the checkpoint, beside the lock.</summary>
    public string CheckpointPath => CheckpointPathOf(LockPath[..LockPath.LastIndexOf('/')], MissionDirectoryName);

    /// <summary>Where what a long log amounts to is kept (<see cref="StatusCheckpoint"/>): where whoever may write the project may write, and nothing is committed.</summary>
    /// <param name="locksDirectory">The project's directory of locks, absolute.</param>
    /// <param name="missionDirectoryName">The mission.</param>
    public static string CheckpointPathOf(string locksDirectory, string missionDirectoryName) => locksDirectory + "/" + missionDirectoryName + ".status.checkpoint";

    /// <summary>The lock file of a mission, the one that the Python host takes too.</summary>
    /// <param name="locksDirectory">The project's directory of locks, absolute.</param>
    /// <param name="missionDirectoryName">The mission.</param>
    public static string LockPathOf(string locksDirectory, string missionDirectoryName) => locksDirectory + "/" + missionDirectoryName + ".status.lock";
}
