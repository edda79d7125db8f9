namespace SpecKitty.Reliability;

/// <summary>How long a run may take.</summary>
internal enum Scale
{
    /// <summary>A little of each part, for every change.</summary>
    Sample,

    /// <summary>Minutes.</summary>
    Normal,

    /// <summary>Hours.</summary>
    Long,
}
