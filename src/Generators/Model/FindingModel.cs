namespace SpecKitty.Generators.Model;

/// <summary>Something that a tool can find wrong.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Severity">error, warning or note.</param>
/// <param name="Text">What is wrong, with placeholders.</param>
/// <param name="Remedy">What to do, with placeholders.</param>
/// <param name="Fix">What the tool did about it, with placeholders; null where it cannot do anything.</param>
internal sealed record FindingModel(string Id, string Severity, string Text, string Remedy, string? Fix);
