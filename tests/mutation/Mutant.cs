using System.Globalization;

namespace SpecKitty.Mutation;

/// <summary>One change to the product.</summary>
/// <param name="Id">Its number in this build of mutants; what <c>Mutants.Active</c> is set to.</param>
/// <param name="Room">What it belongs to: reducer, lane machine, store, reader, merge.</param>
/// <param name="File">Where, from the repository's root.</param>
/// <param name="Line">The line there, from 1.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Before">The text there.</param>
/// <param name="After">The text instead.</param>
/// <param name="Code">The whole line.</param>
internal sealed record Mutant(int Id, string Room, string File, int Line, string Kind, string Before, string After, string Code)
{
    /// <summary>What stays the same from build to build while the code there does: survivors are listed by it.</summary>
    public string Key => $"{File}: {Before} → {After} in {Code}";

    /// <summary>Which of those with the same key it is, from 0.</summary>
    public int Nth { get; init; }

    /// <summary>By what results are kept from run to run.</summary>
    public string Identity => $"{File}: {Kind}: {Before} → {After} in {Code} #{Nth.ToString(CultureInfo.InvariantCulture)}";

    public override string ToString() => $"{File}:{Line}: {Kind}: {Before} → {After}";
}
