using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Emit;

/// <summary>
/// Emits the parser of plain argv: a switch over commands, and a loop with a switch over flags for each. It understands nothing twice:
/// whatever is not plain and valid is left to System.CommandLine, which also makes the message.
/// </summary>
internal static class FastPathEmitter
{
    private const string Arguments = "global::System.ReadOnlySpan<string> args";

    public static Emission Emit(CommandsInput input)
    {
        var writer = CSharp.File("commands");
        using (writer.Type("Parses argv that is plain and valid, without help from a library.", "internal static class ArgvFastPath"))
        {
            writer.Line("/// <summary>The request, or null where argv is not plain and valid at this level.</summary>");
            writer.Line("/// <param name=\"args\">What follows the group.</param>");
            writer.Line("/// <param name=\"level\">The contract level served.</param>");
            using (writer.Block($"public static {CSharp.Request}? TryParse({Arguments}, {CSharp.Level} level)"))
            {
                using (writer.Block("if (args.Length == 0)"))
                {
                    writer.Line("return null;");
                }

                writer.Line();
                using (writer.Block("return args[0] switch", "};"))
                {
                    foreach (var command in input.Commands)
                    {
                        var model = command.Command;
                        writer.Line($"{Literals.Text(model.Id.Id)}{When(model.Since.Id, input)} => Parse{command.Name}(args.Slice(1), level),");
                    }

                    writer.Line("_ => null,");
                }
            }

            foreach (var command in input.Commands)
            {
                Command(writer, command, input);
            }
        }

        return new Emission("Commands.fast-path.g.cs", writer.Finish(), null);
    }

    private static void Command(SourceWriter writer, CommandInput command, CommandsInput input)
    {
        writer.Line();
        using (writer.Block($"private static {CSharp.Request}? Parse{command.Name}({Arguments}, {CSharp.Level} level)"))
        {
            foreach (var flag in command.Flags)
            {
                string initial = flag.Flag.Default is { } value ? Literals.Text(value) : flag.Type == "bool" ? "false" : "null";
                writer.Line($"{(flag.Flag.IsSwitch ? flag.Type : "string?")} {flag.Local} = {initial};");
            }

            using (writer.Block(command.Flags.Count == 0 ? "if (args.Length > 0)" : "for (int i = 0; i < args.Length; i++)"))
            {
                Loop(writer, command, input);
            }

            writer.Line();
            Finish(writer, command);
        }
    }

    private static void Loop(SourceWriter writer, CommandInput command, CommandsInput input)
    {
        if (command.Flags.Count == 0)
        {
            writer.Line("return null;");
            return;
        }

        using (writer.Block("switch (args[i])"))
        {
            foreach (var flag in command.Flags)
            {
                string gate = When(flag.Flag.Since.Id, input);
                string condition = flag.Flag.IsSwitch ? gate : gate.Length == 0 ? " when i + 1 < args.Length" : gate + " && i + 1 < args.Length";
                writer.Line($"case {Literals.Text(flag.Flag.Name)}{condition}: {flag.Local} = {(flag.Flag.IsSwitch ? "true" : "args[++i]")}; continue;");
                if (flag.Flag.Negation is not null)
                {
                    writer.Line($"case {Literals.Text(flag.Flag.Negation)}{gate}: {flag.Local} = false; continue;");
                }
            }
        }

        var valued = command.Flags.Where(static flag => !flag.Flag.IsSwitch).ToList();
        if (valued.Count > 0)
        {
            writer.Line();
            Joined(writer, valued, input);
        }

        writer.Line().Line("return null;");
    }

    /// <summary>The form with an equals sign.</summary>
    private static void Joined(SourceWriter writer, IEnumerable<CommandFlagInput> flags, CommandsInput input)
    {
        writer.Line("int equals = args[i].IndexOf('=');");
        using (writer.Block("switch (equals < 0 ? default : global::System.MemoryExtensions.AsSpan(args[i], 0, equals))"))
        {
            foreach (var flag in flags)
            {
                writer.Line($"case {Literals.Text(flag.Flag.Name)}{When(flag.Flag.Since.Id, input)}: {flag.Local} = args[i].Substring(equals + 1); continue;");
            }
        }
    }

    private static void Finish(SourceWriter writer, CommandInput command)
    {
        string lacking = string.Join(" || ", command.Flags.Where(static flag => flag.MustHaveValue).Select(static flag => flag.Local + " is null"));
        if (lacking.Length > 0)
        {
            using (writer.Block($"if ({lacking})"))
            {
                writer.Line("return null;");
            }

            writer.Line();
        }

        using (writer.Block($"return new {command.RequestType}", "};"))
        {
            foreach (var flag in command.Flags)
            {
                writer.Line($"{flag.Property(command.Name)} = {flag.Local},");
            }
        }
    }

    private static string When(string since, CommandsInput input) => since == input.FirstLevel ? "" : $" when level >= {CSharp.LevelValue(since)}";
}
