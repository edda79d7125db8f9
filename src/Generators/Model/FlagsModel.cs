using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>flags.json.</summary>
internal sealed record FlagsModel(Reference Id, string Documentation, EquatableArray<FlagModel> Flags) : SchemaModel(Id, Documentation);
