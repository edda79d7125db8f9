using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the contract levels, constants, exit statuses and environment variables.</summary>
internal static class ContractEmitter
{
    public static Emission Emit(ContractModel contract)
    {
        var writer = CSharp.File(contract.Id.Id);
        Levels(writer, contract);
        Constants(writer, contract);
        using (writer.Type("What the process ends with.", "internal static class ExitStatus"))
        {
            foreach (var status in contract.ExitStatuses)
            {
                writer.Number(status.Documentation, Identifiers.Member(status.Id, "ExitStatus"), status.Value);
            }
        }

        using (writer.Type("The environment variables that are looked at.", "internal static class EnvironmentVariables"))
        {
            foreach (var variable in contract.Environment)
            {
                string name = Identifiers.Member(variable.Id, "EnvironmentVariables");
                writer.Constant(variable.Documentation, name, variable.Name);
                writer.Summary($"{variable.Name} for libc, with the 0 that ends it.").Line($"public static global::System.ReadOnlySpan<byte> {name}Utf8 => {Literals.Utf8(variable.Name + "\0")};");
                if (variable.Default is { } value)
                {
                    writer.Number($"What {variable.Name} is when it is not set, or not usable.", name + "Default", value);
                }
            }
        }

        using (writer.Type("The exit statuses as data, for the man page.", "internal static class ExitStatusTable"))
        {
            string status = "(int Value, string Documentation)";
            string all = string.Join(", ", contract.ExitStatuses.Select(static one => $"({Literals.Number(one.Value)}, {Literals.Text(one.Documentation)})"));
            writer.Summary("Every status, and what it says.").Line($"public static {CSharp.List(status)} All => new {status}[] {{ {all} }};");
        }

        using (writer.Type("The environment variables as data, for the man page.", "internal static class EnvironmentTable"))
        {
            string variable = "(string Name, int? Default, string Documentation)";
            string all = string.Join(", ", contract.Environment.Select(static one =>
                $"({Literals.Text(one.Name)}, {(one.Default is { } value ? Literals.Number(value) : "null")}, {Literals.Text(one.Documentation)})"));
            writer.Summary("Every variable, its default where it has one, and what it is for.").Line($"public static {CSharp.List(variable)} All => new {variable}[] {{ {all} }};");
        }

        return new Emission("Contract.contract.g.cs", writer.Finish(), null);
    }

    private static void Constants(SourceWriter writer, ContractModel contract)
    {
        using (writer.Type(contract.Documentation, "internal static class ContractConstants"))
        {
            writer.Constant("The first word of every call.", "Group", contract.Group);
            writer.Constant("The executable's name.", "Executable", contract.Executable);
            writer.Constant("The command that an envelope names when argv was refused.", "UnknownCommand", contract.Group + "." + contract.UnknownCommand);
            writer.Constant("The oldest provider version served (PEP 440).", "MinSupportedProviderVersion", contract.MinSupportedProviderVersion);
            writer.Number("The largest envelope, in bytes.", "MaxEnvelopeBytes", contract.MaxEnvelopeBytes);
            writer.Line().Summary("What the host can do besides the documented contract.")
                .Line($"public static string[] Capabilities => {CSharp.Texts(contract.Capabilities.Select(static capability => capability.Id))};");
        }
    }

    private static void Levels(SourceWriter writer, ContractModel contract)
    {
        using (writer.Type("A contract level, the oldest first, so that levels compare.", "internal enum ContractLevel : byte"))
        {
            foreach (var level in contract.Levels)
            {
                writer.Summary(level.Id + ": " + level.Documentation).Line(Identifiers.Level(level.Id) + ",");
            }
        }

        using (writer.Type("The texts of contract levels.", "internal static class ContractLevels"))
        {
            writer.Summary("What is served when nothing else is asked for.")
                .Line($"public const {CSharp.Level} Default = {CSharp.LevelValue(contract.DefaultLevel.Id)};");
            writer.Line().Summary("The newest level.")
                .Line($"public const {CSharp.Level} Highest = {CSharp.LevelValue(contract.Levels[contract.Levels.Count - 1].Id)};");
            writer.Line().Summary("Every level's text, the oldest first.")
                .Line($"public static string[] Texts => {CSharp.Texts(contract.Levels.Select(static level => level.Id))};");
            writer.Line().Summary("A level's text.");
            using (writer.Block($"public static string Text({CSharp.Level} level) => level switch", "};"))
            {
                foreach (var level in contract.Levels)
                {
                    writer.Line($"{CSharp.LevelValue(level.Id)} => {Literals.Text(level.Id)},");
                }

                writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(level)),");
            }

            writer.Line().Summary("The level of a text; false when there is no such level.");
            using (writer.Block($"public static bool TryParse(global::System.ReadOnlySpan<char> text, out {CSharp.Level} level)"))
            {
                using (writer.Block("switch (text)"))
                {
                    foreach (var level in contract.Levels)
                    {
                        writer.Line($"case {Literals.Text(level.Id)}: level = {CSharp.LevelValue(level.Id)}; return true;");
                    }

                    writer.Line("default: level = default; return false;");
                }
            }
        }
    }
}
