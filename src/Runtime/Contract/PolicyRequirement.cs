namespace SpecKitty.Contract;

/// <summary>When a command needs a policy.</summary>
internal enum PolicyRequirement : byte
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Always.</summary>
    Required,

    /// <summary>When the lane moved to does: <see cref="Lanes.RequiresPolicy"/>.</summary>
    ByLane,
}
