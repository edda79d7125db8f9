using System;
using System.Collections.Generic;
using System.Linq;

namespace SpecKitty.Load;

/// <summary>What many times come to.</summary>
internal sealed class Figures
{
    private readonly double[] _sorted;

    public Figures(IEnumerable<double> values) => _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double Sum => _sorted.Sum();

    public double At(double share) => Count == 0 ? 0 : _sorted[Math.Min((int)(share * Count), Count - 1)];

    /// <summary>Median, 99th percentile, greatest.</summary>
    public override string ToString() => $"{At(0.5):F1} | {At(0.99):F1} | {At(1):F1}";
}
