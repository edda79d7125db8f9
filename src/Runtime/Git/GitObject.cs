namespace SpecKitty.Git;

/// <summary>An object of the repository.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type"><c>commit</c>, <c>tree</c>, <c>blob</c> or <c>tag</c>.</param>
/// <param name="Content">Its content, without the header that git hashes with it.</param>
internal sealed record GitObject(string Id, string Type, byte[] Content)
{
    public const string Commit = "commit", Tree = "tree", Blob = "blob";
}
