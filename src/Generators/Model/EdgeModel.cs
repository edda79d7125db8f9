using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>A move and its guards.</summary>
internal sealed record EdgeModel(Reference From, Reference To, EquatableArray<Reference> Guards);
