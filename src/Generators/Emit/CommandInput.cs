using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>A command and its flags in full.</summary>
/// <param name="Command">The command.</param>
/// <param name="Flags">Its flags, in its order.</param>
internal sealed record CommandInput(CommandModel Command, EquatableArray<CommandFlagInput> Flags)
{
    /// <summary>Its name in C#.</summary>
    public string Name => Identifiers.Pascal(Command.Id.Id);

    /// <summary>Its request's type.</summary>
    public string RequestType => CSharp.Own(Name + "Request");

    /// <summary>Its enum value.</summary>
    public string Value => CSharp.CommandId + "." + Name;
}
