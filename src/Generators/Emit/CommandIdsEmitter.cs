using System;
using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the commands' ids and names.</summary>
internal static class CommandIdsEmitter
{
    public static Emission Emit(CommandsInput input)
    {
        var writer = CSharp.File("commands");
        using (writer.Type("A command.", "internal enum CommandId : byte"))
        {
            foreach (var command in input.Commands)
            {
                writer.Summary(command.Command.Documentation).Line(command.Name + ",");
            }
        }

        using (writer.Type("The commands' names, and what is true of them.", "internal static class CommandIds"))
        {
            Switch(writer, "As it is typed behind the group.", "string Name", input.Commands, static command => Literals.Text(command.Command.Id.Id), null);
            Switch(writer, "As it stands in envelopes.", "string QualifiedName", input.Commands,
                command => Literals.Text(input.Group + "." + command.Command.Id.Id), null);
            var mutations = input.Commands.Where(static command => command.Command.IsMutation);
            Switch(writer, "Whether it may change anything.", "bool IsMutation", mutations, static _ => "true", "false");
            var later = input.Commands.Where(command => command.Command.Since.Id != input.FirstLevel);
            Switch(writer, "The level that it came with.", CSharp.Level + " Since", later,
                static command => CSharp.LevelValue(command.Command.Since.Id), CSharp.LevelValue(input.FirstLevel));
            TryParse(writer, input.Commands);
        }

        return new Emission("Commands.ids.g.cs", writer.Finish(), null);
    }

    private static void Switch(
        SourceWriter writer, string documentation, string signature, IEnumerable<CommandInput> commands, Func<CommandInput, string> valueOf, string? otherwise)
    {
        writer.Line().Summary(documentation);
        using (writer.Block($"public static {signature}({CSharp.CommandId} id) => id switch", "};"))
        {
            foreach (var command in commands)
            {
                writer.Line($"{command.Value} => {valueOf(command)},");
            }

            writer.Line($"_ => {otherwise ?? "throw new global::System.ArgumentOutOfRangeException(nameof(id))"},");
        }
    }

    private static void TryParse(SourceWriter writer, EquatableArray<CommandInput> commands)
    {
        writer.Line().Summary("The command of a name; false when the level has no such command.");
        using (writer.Block($"public static bool TryParse(string name, {CSharp.Level} level, out {CSharp.CommandId} id)"))
        {
            using (writer.Block("switch (name)"))
            {
                foreach (var command in commands)
                {
                    string since = CSharp.LevelValue(command.Command.Since.Id);
                    writer.Line($"case {Literals.Text(command.Command.Id.Id)}: id = {command.Value}; return level >= {since};");
                }

                writer.Line("default: id = default; return false;");
            }
        }
    }
}
