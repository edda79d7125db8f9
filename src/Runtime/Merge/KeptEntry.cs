namespace SpecKitty.Merge;

/// <summary>A file that git must leave alone in a checkout while the index takes the landed content.</summary>
/// <param name="Path">Latin-1 image of its path.</param>
/// <param name="Mode">The mode; null if the landed tree has no such file.</param>
/// <param name="Id">The blob; null as <paramref name="Mode"/>.</param>
internal sealed record KeptEntry(string Path, string? Mode, string? Id);
