using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>
/// A mission, resolved once. From here on its directory's name stands for it: in the lock, in branches, worktrees and messages; rows
/// have <see cref="Identity"/>'s slug (DESIGN §6). Everything here is of the primary checkout.
/// </summary>
internal sealed class Mission
{
    public Mission(Project project, string directoryName, MissionMeta meta)
    {
        Project = project;
        DirectoryName = directoryName;
        Meta = meta;
        RelativeDirectory = Project.SpecsName + "/" + directoryName;
        Identity = new Identity
        {
            MissionId = meta.MissionId,
            MissionSlug = meta.MissionSlug ?? directoryName,
            MissionNumber = meta.MissionNumber,
            MissionType = meta.MissionType,
        };
    }

    public Project Project { get; }

    /// <summary>The name of its directory in kitty-specs, always a safe path segment.</summary>
    public string DirectoryName { get; }

    /// <summary>Path of its directory below the project's root.</summary>
    public string RelativeDirectory { get; }

    /// <summary>Absolute path of its directory.</summary>
    public string Directory => Project.PathOf(RelativeDirectory);

    /// <summary>meta.json; <see cref="MissionMeta.None"/> if the mission has none.</summary>
    public MissionMeta Meta { get; }

    /// <summary>What leads every payload that names this mission.</summary>
    public Identity Identity { get; }

    /// <summary>
    /// The mid8 by which its coordination branch and worktree are named: meta.json's, else the one its directory's name seems to end in; "" for none (HOST §2.3).
    /// </summary>
    public string Mid8 => Meta.Mid8.Length != 0 ? Meta.Mid8 : Missions.Mid8.TailOf(DirectoryName);

    /// <summary>Whether status lives on a coordination branch instead of in the primary checkout (DESIGN §8).</summary>
    public bool IsCoordinated => Meta.CoordinationBranch is not null;

    /// <summary>A warning about what was read so far; null if there is none.</summary>
    public string? Warning => Meta.MissionNumberProblem;

    /// <summary>Path below the project's root of something in the mission's directory.</summary>
    public string RelativePathOf(string name) => RelativeDirectory + "/" + name;

    /// <summary>Absolute path of something in the mission's directory.</summary>
    public string PathOf(string name) => Project.PathOf(RelativePathOf(name));
}
