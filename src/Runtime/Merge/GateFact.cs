using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>What the gates ask of a work package that is to land.</summary>
/// <param name="WpId">The work package.</param>
/// <param name="Lane">The lane it is in.</param>
/// <param name="Dependencies">What it depends on, and the lanes of those.</param>
internal sealed record GateFact(string WpId, Lane Lane, KeyValuePair<string, Lane>[] Dependencies);
