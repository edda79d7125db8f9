namespace SpecKitty.Missions;

/// <summary>What a merge gate that is not met does.</summary>
internal enum MergeGateMode : byte
{
    /// <summary>It refuses the merge. Also where the configuration says nothing, or nothing known (DESIGN §9).</summary>
    Block,

    /// <summary>It is mentioned.</summary>
    Warn,

    /// <summary>It is not asked.</summary>
    Off,
}
