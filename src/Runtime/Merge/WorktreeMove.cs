using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>A checkout that follows its branch to what landed.</summary>
internal sealed class WorktreeMove
{
    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Absolute path of its git directory.</summary>
    public required string GitDirectory { get; init; }

    /// <summary>The full name of the branch it has checked out.</summary>
    public required string Branch { get; init; }

    /// <summary>The commit it stands at.</summary>
    public required string From { get; init; }

    /// <summary>The tree that index and files are taken for: the commit's, with the mission's own files as they are here.</summary>
    public required string FromTree { get; init; }

    /// <summary>The commit it goes to.</summary>
    public required string To { get; init; }

    /// <summary>The mission's own files here that the index has to take as they are, or as gone; Latin-1 images of paths.</summary>
    public required string[] Taken { get; init; }

    public required Items<KeptEntry> Kept { get; init; }
}
