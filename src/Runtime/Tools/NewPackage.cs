using System.Collections.Generic;

namespace SpecKitty.Tools;

/// <summary>A work package of a mission to be made.</summary>
internal sealed class NewPackage
{
    public required string WpId { get; init; }

    public required string Title { get; init; }

    public required string[] Dependencies { get; init; }
}
