using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>What became of a file.</summary>
/// <param name="Schema">What it says; null when it is no schema.</param>
/// <param name="Notes">What only the diagnostics branch needs.</param>
internal sealed record ParsedFile(ParsedSchema? Schema, FileNotes Notes);
