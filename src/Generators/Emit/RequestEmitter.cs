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
                writer.Line().Summary($"{flag.Flag.Name}: {flag.Flag.Documentation}").Line(
                    $"public {(flag.MustHaveValue ? "required " : "")}{flag.Type} {flag.Property(command.Name)} {{ get; init; }}{initial}");
            }
        }

        return new Emission($"Command.{id}.g.cs", writer.Finish(), null);
    }
}
