namespace SpecKitty.Git;

/// <summary>What a checkout has checked out.</summary>
/// <param name="Branch">The branch, which need not exist yet; null when detached.</param>
/// <param name="DetachedAt">The commit when detached; else null.</param>
internal readonly record struct GitHead(string? Branch, string? DetachedAt);
