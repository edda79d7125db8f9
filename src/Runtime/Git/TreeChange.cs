namespace SpecKitty.Git;

/// <summary>A path that differs between two trees. Never a directory.</summary>
/// <param name="Path">Latin-1, with '/'.</param>
/// <param name="Before">What it was; null if it was not there.</param>
/// <param name="After">What it is; null if it is not there.</param>
internal readonly record struct TreeChange(string Path, TreeEntry? Before, TreeEntry? After);
