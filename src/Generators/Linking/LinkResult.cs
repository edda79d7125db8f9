using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Linking;

/// <summary>What linking gives.</summary>
/// <param name="Contract">The schemas together; null when there is no schema at all.</param>
/// <param name="Problems">What is wrong between them.</param>
internal sealed record LinkResult(Contract? Contract, EquatableArray<LinkProblem> Problems);
