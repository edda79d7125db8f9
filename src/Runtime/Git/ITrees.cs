using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>Where trees are read and written.</summary>
internal interface ITrees
{
    /// <summary>The entries of a tree, by name; those of an empty one for null.</summary>
    public Result<TreeEntry[]> Read(string? id);

    /// <summary>Writes a tree; its id, or null for one without entries, which git does not keep inside another.</summary>
    public Result<string?> Write(TreeEntry[] entries);
}
