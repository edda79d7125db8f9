using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>lanes.json: which work packages go together on which branch (HOST §1.8). Read strictly: a merge must not guess.</summary>
internal sealed class LaneManifest
{
    private const string FileName = "lanes.json";
    private const int MaxBytes = 10 * 1024 * 1024;

    public required string MissionSlug { get; init; }

    /// <summary>The slug where the file has none.</summary>
    public required string MissionId { get; init; }

    /// <summary>A valid branch name; taken as it is, not computed.</summary>
    public required string MissionBranch { get; init; }

    /// <summary>A valid branch name.</summary>
    public required string TargetBranch { get; init; }

    /// <summary>In the file's order; no id twice, no work package in two.</summary>
    public required Items<ManifestLane> Lanes { get; init; }

    public required string[] PlanningArtifactWps { get; init; }

    /// <summary>There are lanes, and all of them only plan.</summary>
    public bool IsPlanningOnly
    {
        get
        {
            foreach (var lane in Lanes)
            {
                if (!lane.IsPlanning)
                {
                    return false;
                }
            }

            return Lanes.Count != 0;
        }
    }

    /// <summary>The manifest; LANES_INVALID where it is missing or wrong in any way, IO_FAILED where it cannot be read.</summary>
    public static Result<LaneManifest> Load(Mission mission)
    {
        if (!LoadIfAny(mission).Try(out var manifest, out var failure))
        {
            return failure;
        }

        return manifest is null ? new Failure(ErrorCode.LanesInvalid, Messages.LanesMissing(mission.DirectoryName)) : manifest;
    }

    /// <summary>The same, but null for a mission without lanes.json.</summary>
    public static Result<LaneManifest?> LoadIfAny(Mission mission)
    {
        string path = mission.RelativePathOf(FileName);
        var outcome = ProjectFiles.TryRead(mission.Project.Root, path, MaxBytes, out var bytes);
        using (bytes)
        {
            if (outcome.IsMissing)
            {
                return (LaneManifest?)null;
            }

            if (outcome.Status == ReadStatus.Failed)
            {
                return outcome.ToFailure("read", mission.Project.PathOf(path));
            }

            string? problem = outcome.IsOk ? null : outcome.Detail;
            var manifest = outcome.IsOk ? LaneManifestReader.Read(bytes.Memory, out problem) : null;
            return manifest is null ? new Failure(ErrorCode.LanesInvalid, Messages.LanesInvalid(path, problem!)) : manifest;
        }
    }

    /// <summary>The lane that a work package is in; null for none.</summary>
    public ManifestLane? LaneOf(string wpId)
    {
        foreach (var lane in Lanes)
        {
            foreach (string member in lane.WpIds)
            {
                if (string.Equals(member, wpId, StringComparison.Ordinal))
                {
                    return lane;
                }
            }
        }

        return null;
    }

    /// <summary>The lane with an id; null for none.</summary>
    public ManifestLane? Find(string laneId)
    {
        foreach (var lane in Lanes)
        {
            if (string.Equals(lane.Id, laneId, StringComparison.Ordinal))
            {
                return lane;
            }
        }

        return null;
    }
}
