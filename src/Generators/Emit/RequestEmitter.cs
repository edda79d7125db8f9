using System.Linq;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits a command's request: a property a flag.</summary>
internal static class RequestEmitter
{
    public static Emission Emit(CommandInput command)
    {
        string id = command.Command.Id.Id;
        var writer = CSharp.File(id);
        using (writer.Type(command.Command.Documentation, $"internal sealed class {command.Name}Request : {CSharp.Request}"))
        {
            writer.Line("/// <inheritdoc/>").Line($"public override {CSharp.CommandId} Command => {command.Value};");
            foreach (var flag in command.Flags)
            {
                string initial = flag.Flag.Default is { } value ? $" = {Literals.Text(value)};" : "";
                string setter = flag.Flag.TakesContents ? "set" : "init";
                writer.Line().Summary($"{flag.Flag.Name}: {flag.Flag.Documentation}").Line(
                    $"public {(flag.MustHaveValue ? "required " : "")}{flag.Type} {flag.Property(command.Name)} {{ get; {setter}; }}{initial}");
            }

            Expand(writer, command);
            Describe(writer, command);
        }

        return new Emission($"Command.{id}.g.cs", writer.Finish(), null);
    }

    /// <summary>Puts contents in the place of values that only name them.</summary>
    private static void Expand(SourceWriter writer, CommandInput command)
    {
        var named = command.Flags.Where(static flag => flag.Flag.TakesContents).ToList();
        if (named.Count == 0)
        {
            return;
        }

        writer.Line().Line("/// <inheritdoc/>");
        using (writer.Block($"public override {CSharp.Own("Failure")}? Expand({CSharp.Own("IOptionContents")} contents)"))
        {
            foreach (var flag in named)
            {
                string property = flag.Property(command.Name);
                using (writer.Block($"if ({property} is \"-\" or ['@', ..])"))
                {
                    using (writer.Block($"if (!contents.Read({Literals.Text(flag.Flag.Name)}, {property}).Try(out var {flag.Local}, out var {flag.Local}Failure))"))
                    {
                        writer.Line($"return {flag.Local}Failure;");
                    }

                    writer.Line().Line($"{property} = {flag.Local};");
                }

                writer.Line();
            }

            writer.Line("return null;");
        }
    }

    /// <summary>Names and values, for a record of what was asked.</summary>
    private static void Describe(SourceWriter writer, CommandInput command)
    {
        if (!command.Command.IsMutation || command.Flags.Count == 0)
        {
            return;
        }

        writer.Line().Line("/// <inheritdoc/>");
        using (writer.Block($"public override void WriteFlags({CSharp.Writer} writer)"))
        {
            foreach (var flag in command.Flags)
            {
                string property = flag.Property(command.Name), name = Literals.Utf8(flag.Flag.Name);
                if (flag.Flag.IsSwitch)
                {
                    using (writer.Block(flag.Flag.Negation is null ? $"if ({property})" : $"if ({property} is {{ }} {flag.Local})"))
                    {
                        writer.Line($"writer.WriteBoolean({name}, {(flag.Flag.Negation is null ? "true" : flag.Local)});");
                    }
                }
                else
                {
                    using (writer.Block($"if ({property} is {{ }} {flag.Local})"))
                    {
                        writer.Line($"writer.WriteString({name}, {flag.Local});");
                    }
                }
            }
        }
    }
}
