using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>
/// Which lane a work package counts as being in: one rule for reads and writes, so that list-ready and start-implementation agree (DESIGN I9). No events count
/// as planned, and so does the lane that is never shown.
/// </summary>
internal readonly struct StatusLanes(MissionStatus status) : ILaneLookup
{
    /// <summary>The lane as it is shown.</summary>
    public static Lane Shown(Lane lane) => lane == Lane.Genesis ? Lane.Planned : lane;

    public bool TryGetLane(string wpId, out Lane lane)
    {
        bool known = status.TryGet(wpId, out var package);
        lane = known ? Shown(package!.Lane) : Lane.Planned;
        return known;
    }

    public Lane Of(string wpId)
    {
        TryGetLane(wpId, out var lane);
        return lane;
    }
}
