namespace SpecKitty.Generators.Model;

/// <summary>A call to show, without the executable, and what it does.</summary>
internal sealed record ExampleModel(string Call, string Documentation);
