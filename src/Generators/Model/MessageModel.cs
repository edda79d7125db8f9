namespace SpecKitty.Generators.Model;

/// <summary>A sentence with {placeholders}.</summary>
internal sealed record MessageModel(string Id, string Text);
