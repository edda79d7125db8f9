using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>The positions of a file, and what is wrong with it by itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Diagnostics">What is wrong.</param>
/// <param name="Sites">Where its references stand, by <see cref="Reference.Site"/>.</param>
internal sealed record FileNotes(string Path, EquatableArray<DiagnosticInfo> Diagnostics, EquatableArray<LocationInfo> Sites);
