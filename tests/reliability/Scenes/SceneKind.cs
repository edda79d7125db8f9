namespace SpecKitty.Reliability.Scenes;

/// <summary>What a project looks like before the call.</summary>
/// <param name="Git">A git repository, else a bare directory with .kittify.</param>
/// <param name="Wps">Work packages WP01…, each planned.</param>
/// <param name="Chain">Whether each, and each lane, depends on the one before; else none has dependencies.</param>
/// <param name="Branch">What is checked out; main and master are protected.</param>
/// <param name="Coordination">Whether the mission's rows live on a coordination branch.</param>
/// <param name="Seeded">Whether the log exists, with one row a work package.</param>
/// <param name="Lanes">Whether there is a manifest of execution lanes, one a work package.</param>
/// <param name="LaneWork">Whether each lane has its branch, with a commit.</param>
internal sealed record SceneKind(
    bool Git = false, int Wps = 3, bool Chain = false, string Branch = "main", bool Coordination = false, bool Seeded = true, bool Lanes = false, bool LaneWork = false);
