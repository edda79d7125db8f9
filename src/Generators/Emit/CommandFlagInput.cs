using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>A flag as a command has it.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Required">Whether the command needs it.</param>
internal sealed record CommandFlagInput(FlagModel Flag, bool Required)
{
    /// <summary>Whether the value must be there: the flag is needed and has no default.</summary>
    public bool MustHaveValue => Required && Flag is { IsSwitch: false, Default: null };

    /// <summary>The request's property's type.</summary>
    public string Type => Flag.IsSwitch ? (Flag.Negation is null ? "bool" : "bool?") : MustHaveValue || Flag.Default is not null ? "string" : "string?";

    /// <summary>The request's property; every request has a Command of its own.</summary>
    public string Property(string command) => Identifiers.Pascal(Flag.Id) == "Command" ? "CommandValue" : Identifiers.Member(Flag.Id, command + "Request");

    /// <summary>A local for its value.</summary>
    public string Local => Identifiers.Camel(Flag.Id) + "Value";
}
