namespace SpecKitty.Missions;

/// <summary>What the start of a task file says about its front matter.</summary>
internal enum FrontMatterExtent : byte
{
    /// <summary>It is there, whole.</summary>
    Whole,

    /// <summary>It has begun; more of the file is needed to see its end.</summary>
    Unfinished,

    /// <summary>The file does not begin with <c>---</c>.</summary>
    Absent,

    /// <summary>The file ends before a closing <c>---</c>.</summary>
    Unclosed,
}
