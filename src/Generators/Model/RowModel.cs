namespace SpecKitty.Generators.Model;

/// <summary>A kind of row that is written.</summary>
internal sealed record RowModel(string Id, Reference Payload, Reference Since, string Documentation);
