namespace SpecKitty.Reliability.Model;

/// <summary>What a log says of one work package.</summary>
/// <param name="Lane">Where it is.</param>
/// <param name="Actor">Who put it there.</param>
internal readonly record struct WpState(string Lane, string? Actor);
