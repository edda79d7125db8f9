using System.Collections.Generic;
using SpecKitty.Missions;

namespace SpecKitty.Commands;

/// <summary>A mission's first ready work package.</summary>
/// <param name="Mission">The mission.</param>
/// <param name="Call">The call on the work package, under the lock; null where none is ready, and then no lock is held.</param>
/// <param name="Warnings">What was odd; null for nothing.</param>
internal sealed record ReadyCall(Mission Mission, WorkPackageCall? Call, string[]? Warnings);
