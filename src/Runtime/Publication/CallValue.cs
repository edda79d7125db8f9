using System.Collections.Generic;

namespace SpecKitty.Publication;

/// <summary>What stands behind a flag, or by itself.</summary>
/// <param name="Name">What help calls it.</param>
/// <param name="Values">What it can be, as far as that is known.</param>
/// <param name="IsFile">Whether it names a file.</param>
/// <param name="IsRequired">Whether the call cannot do without it.</param>
/// <param name="Documentation">What it is, in a sentence, where it stands by itself.</param>
internal sealed record CallValue(string Name, string[] Values, bool IsFile, bool IsRequired = false, string Documentation = "");
