using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the flags' names, their fixed values and their definitions.</summary>
internal static class FlagsEmitter
{
    public static Emission Emit(FlagsModel flags)
    {
        var writer = CSharp.File(flags.Id.Id);
        using (writer.Type("The flags' names.", "internal static class Flags"))
        {
            foreach (var flag in flags.Flags)
            {
                writer.Constant(flag.Documentation, Identifiers.Member(flag.Id, "Flags"), flag.Name);
            }
        }

        using (writer.Type("The values of flags that have fixed ones.", "internal static class FlagValues"))
        {
            foreach (var flag in flags.Flags.Where(static flag => flag.Values.Count > 0))
            {
                string name = Identifiers.Member(flag.Id, "FlagValues");
                writer.Summary($"The values of {flag.Name}.").Line($"public static string[] {name} => {CSharp.Texts(flag.Values)};");
                foreach (string value in flag.Values)
                {
                    writer.Constant($"{flag.Name} {value}.", name + Identifiers.Pascal(value), value);
                }
            }
        }

        using (writer.Type("The flags in full. Each is made when it is asked for: plain calls need none.", "internal static class FlagTable"))
        {
            foreach (var flag in flags.Flags)
            {
                writer.Summary(flag.Documentation);
                using (writer.Block($"public static {CSharp.Own("FlagDefinition")} {Identifiers.Member(flag.Id, "FlagTable")} => new()", "};"))
                {
                    Definition(writer, flag);
                }

                writer.Line();
            }
        }

        return new Emission("Flags.flags.g.cs", writer.Finish(), null);
    }

    private static void Definition(SourceWriter writer, FlagModel flag)
    {
        writer.Line($"Name = {Literals.Text(flag.Name)},");
        if (flag.Negation is not null)
        {
            writer.Line($"Negation = {Literals.Text(flag.Negation)},");
        }

        if (flag.Formerly is not null)
        {
            writer.Line($"Formerly = {Literals.Text(flag.Formerly)},");
        }

        if (flag.IsSwitch)
        {
            writer.Line("IsSwitch = true,");
        }

        if (flag.ValueName is not null)
        {
            writer.Line($"ValueName = {Literals.Text(flag.ValueName)},");
        }

        if (flag.Values.Count > 0)
        {
            writer.Line($"Values = {CSharp.Texts(flag.Values)},");
        }

        if (flag.Default is not null)
        {
            writer.Line($"Default = {Literals.Text(flag.Default)},");
        }

        if (flag.TakesContents)
        {
            writer.Line("TakesContents = true,");
        }

        writer.Line($"Since = {CSharp.LevelValue(flag.Since.Id)},");
        writer.Line($"Documentation = {Literals.Text(flag.Documentation)},");
    }
}
