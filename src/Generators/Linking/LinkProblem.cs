using Microsoft.CodeAnalysis;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Linking;

/// <summary>Something wrong between schemas, without positions, so that white space does not change it.</summary>
/// <param name="Descriptor">Which diagnostic.</param>
/// <param name="Path">The file to blame; empty for none.</param>
/// <param name="Site">The place in it: an index into its sites.</param>
/// <param name="Arguments">What stands in the message's placeholders.</param>
internal sealed record LinkProblem(DiagnosticDescriptor Descriptor, string Path, int Site, EquatableArray<string> Arguments);
