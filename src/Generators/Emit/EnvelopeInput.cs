using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>What the envelope's writer is made of.</summary>
/// <param name="Envelope">The envelope.</param>
/// <param name="TailClassName">The type of what every failure's data ends with; null when it is unknown.</param>
internal sealed record EnvelopeInput(PayloadModel Envelope, string? TailClassName);
