using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>messages.json.</summary>
internal sealed record MessagesModel(Reference Id, string Documentation, EquatableArray<MessageModel> Messages) : SchemaModel(Id, Documentation);
