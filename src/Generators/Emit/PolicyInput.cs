using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>What the policy's validator is made of.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="FirstLevel">The oldest contract level.</param>
internal sealed record PolicyInput(PolicyModel Policy, string FirstLevel)
{
    /// <summary>Whether a field is there at every level.</summary>
    public bool IsEverywhere(PolicyFieldModel field) => field.Since.Id == FirstLevel;

    /// <summary>The property's type.</summary>
    public string Type(PolicyFieldModel field) => (field.IsList ? CSharp.List("string") : "string") + (field.Nullable || !IsEverywhere(field) ? "?" : "");
}
