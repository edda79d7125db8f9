namespace SpecKitty.Generators.Model;

/// <summary>What is said of a policy. Placeholders: <see cref="Parsing.PolicyParser"/>.</summary>
internal sealed record PolicyMessagesModel
{
    public string Required { get; init; } = "";

    public string RequiredForLane { get; init; } = "";

    public string NotJson { get; init; } = "";

    public string NotObject { get; init; } = "";

    public string MissingField { get; init; } = "";

    public string NotString { get; init; } = "";

    public string NotArray { get; init; } = "";

    public string EntryNotString { get; init; } = "";

    public string NotStringOrNull { get; init; } = "";

    public string Banned { get; init; } = "";

    public string Secret { get; init; } = "";
}
