using System.Collections.Generic;

namespace SpecKitty.Tools;

/// <summary>A lane of a mission to be made.</summary>
internal sealed class NewLane(string id)
{
    public string Id => id;

    public List<string> WpIds { get; } = [];

    public List<string> DependsOn { get; } = [];

    /// <summary>Lanes of a group can be worked on at once.</summary>
    public int Group { get; set; }
}
