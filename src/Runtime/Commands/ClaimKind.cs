namespace SpecKitty.Commands;

/// <summary>What a work package may be claimed for.</summary>
internal static class ClaimKind
{
    public const string Implementation = "implementation";

    public const string Review = "review";
}
