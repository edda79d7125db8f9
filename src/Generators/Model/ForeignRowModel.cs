using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>A kind of row that is passed over: by a key's presence, or by its value too.</summary>
internal sealed record ForeignRowModel(string Id, string Key, string? Prefix, EquatableArray<string> Values, string Documentation);
