using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads a file of commands/.</summary>
internal static class CommandParser
{
    public static CommandModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head) => new(head.Id, head.Documentation)
    {
        Since = reader.Reference("since"),
        IsExtension = reader.Flag("extension"),
        IsMutation = reader.Choice("mode", "mode of a command", "read", "mutation") == "mutation",
        Policy = reader.Choice("policy", "policy requirement", "none", "required", "by-lane"),
        Flags = reader.Objects("flags", "a command's flag").Select(Flag).ToEquatableArray(),
        Checks = reader.Texts("checks", IdForm.Dashed),
        Payload = reader.OptionalReference("payload"),
        Errors = reader.References("errors", required: true),
        Examples = reader.Texts("examples", required: true),
    };

    private static CommandFlagModel Flag(ObjectReader entry)
    {
        var flag = new CommandFlagModel(entry.Reference("flag"), entry.Flag("required"));
        entry.End();
        return flag;
    }
}
