using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>errors.json.</summary>
internal sealed record ErrorsModel(Reference Id, string Documentation, EquatableArray<ErrorModel> Errors) : SchemaModel(Id, Documentation);
