using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>What the lane machine is made of.</summary>
/// <param name="Lanes">The lanes, edges and guards.</param>
/// <param name="FirstLevel">The oldest contract level.</param>
internal sealed record LaneMachineInput(LanesModel Lanes, string FirstLevel);
