using System.Collections.Generic;

namespace SpecKitty.Mutation;

/// <summary>A test as it is without a mutant.</summary>
/// <param name="Number">What a worker calls it by.</param>
/// <param name="Name">Class, method, and which of its arguments.</param>
/// <param name="Time">Milliseconds.</param>
/// <param name="Effort">Those of them in which this process had a processor: what else the machine does has no part in it.</param>
/// <param name="Reaches">The mutants whose places it comes by.</param>
internal sealed record CoveringTest(int Number, string Name, double Time, double Effort, IReadOnlySet<int> Reaches);
