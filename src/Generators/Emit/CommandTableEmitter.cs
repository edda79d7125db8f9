using System.Linq;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the commands in full, for System.CommandLine, help and documentation.</summary>
internal static class CommandTableEmitter
{
    public static Emission Emit(CommandsInput input)
    {
        var writer = CSharp.File("commands");
        string definition = CSharp.Own("CommandDefinition");
        using (writer.Type("The commands in full. Each is made when it is asked for: plain calls need none.", "internal static class CommandTable"))
        {
            writer.Summary("What the group is about.").Line($"public static string GroupDocumentation => {Literals.Text(input.Documentation)};");
            writer.Line().Summary("Every command, in the order of help.").Line(
                $"public static {CSharp.List(definition)} All => {CSharp.Array(definition, input.Commands.Select(static command => command.Name + "Command"))};");
            writer.Line().Summary("One command.");
            using (writer.Block($"public static {definition} Get({CSharp.CommandId} id) => id switch", "};"))
            {
                foreach (var command in input.Commands)
                {
                    writer.Line($"{command.Value} => {command.Name}Command,");
                }

                writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(id)),");
            }

            foreach (var command in input.Commands)
            {
                writer.Line().Summary(command.Command.Documentation);
                using (writer.Block($"private static {definition} {command.Name}Command => new()", "};"))
                {
                    Definition(writer, command, input.Group);
                }
            }
        }

        return new Emission("Commands.table.g.cs", writer.Finish(), null);
    }

    private static void Definition(SourceWriter writer, CommandInput command, string group)
    {
        var model = command.Command;
        writer.Line($"Id = {command.Value},");
        writer.Line($"Name = {Literals.Text(model.Id.Id)},");
        writer.Line($"QualifiedName = {Literals.Text(group + "." + model.Id.Id)},");
        writer.Line($"Documentation = {Literals.Text(model.Documentation)},");
        writer.Line($"Since = {CSharp.LevelValue(model.Since.Id)},");
        if (model.IsExtension)
        {
            writer.Line("IsExtension = true,");
        }

        writer.Line($"IsMutation = {Literals.Flag(model.IsMutation)},");
        writer.Line($"Policy = {CSharp.Own("PolicyRequirement")}.{Identifiers.Pascal(model.Policy)},");
        using (writer.Block($"Flags = new {CSharp.Own("CommandFlag")}[]", "},"))
        {
            foreach (var flag in command.Flags)
            {
                string definition = $"{CSharp.Own("FlagTable")}.{Identifiers.Member(flag.Flag.Id, "FlagTable")}";
                writer.Line($"new {CSharp.Own("CommandFlag")} {{ Flag = {definition}, Required = {Literals.Flag(flag.Required)} }},");
            }
        }

        writer.Line($"Payload = {(model.Payload is { } payload ? Literals.Text(payload.Id) : "null")},");
        writer.Line($"Errors = {CSharp.Array(CSharp.ErrorCode, model.Errors.Select(static error => CSharp.ErrorCode + "." + Identifiers.Pascal(error.Id)))},");
        writer.Line($"Checks = {CSharp.Texts(model.Checks)},");
        writer.Line($"Examples = {CSharp.Texts(model.Examples)},");
    }
}
