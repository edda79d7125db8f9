using System;

namespace SpecKitty.Git;

/// <summary>An entry of a tree.</summary>
/// <param name="Mode">Octal digits as the tree has them, such as 100644 or 40000.</param>
/// <param name="Name">The name, one char for each byte (Latin-1): names need not be UTF-8, and this order is theirs.</param>
/// <param name="Id">The object's id.</param>
internal readonly record struct TreeEntry(string Mode, string Name, string Id)
{
    public const string TreeMode = "40000", FileMode = "100644";

    private const string ModuleMode = "160000";

    public bool IsTree => Mode == TreeMode;

    /// <summary>The type that <c>git mktree</c> wants to be told.</summary>
    public string Type => IsTree ? GitObject.Tree : Mode == ModuleMode ? GitObject.Commit : GitObject.Blob;
}
