using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>Which lane the log has each work package in. Missions does not read logs; whoever did answers.</summary>
internal interface ILaneLookup
{
    /// <summary>False for a work package without events, which counts as planned if it has a task file.</summary>
    public bool TryGetLane(string wpId, out Lane lane);
}
