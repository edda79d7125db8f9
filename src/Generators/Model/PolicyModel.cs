using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>policy.json.</summary>
internal sealed record PolicyModel(Reference Id, string Documentation) : SchemaModel(Id, Documentation)
{
    /// <summary>The flag that carries a policy.</summary>
    public Reference Flag { get; init; }

    /// <summary>The fields in the order in which they are checked.</summary>
    public EquatableArray<PolicyFieldModel> Fields { get; init; }

    /// <summary>Values that a list must not hold.</summary>
    public EquatableArray<BannedModel> Banned { get; init; }

    /// <summary>What a value must not contain, in any case.</summary>
    public EquatableArray<string> SecretPatterns { get; init; }

    /// <summary>The sentences.</summary>
    public PolicyMessagesModel Messages { get; init; } = new();
}
