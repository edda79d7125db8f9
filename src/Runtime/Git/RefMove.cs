namespace SpecKitty.Git;

/// <summary>A ref to be moved.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Old">Where it is; null if it is made.</param>
/// <param name="New">Where it goes; null if it is deleted.</param>
internal sealed record RefMove(string Name, string? Old, string? New);
