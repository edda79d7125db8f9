using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the tools in full, for System.CommandLine, help, completions and documentation.</summary>
internal static class ToolTableEmitter
{
    private static readonly string Parameter = CSharp.Own("ToolParameter");

    public static Emission Emit(EquatableArray<ToolModel> tools)
    {
        var writer = CSharp.File("tools");
        string definition = CSharp.Own("ToolDefinition");
        using (writer.Type("The tools in full. Each is made when it is asked for: a call of the contract needs none.", "internal static class ToolTable"))
        {
            writer.Summary("Every tool, by id.").Line(
                $"public static {CSharp.List(definition)} All => {CSharp.Array(definition, tools.Select(static tool => tool.Name + "Tool"))};");
            foreach (var tool in tools)
            {
                writer.Line().Summary(tool.Documentation);
                using (writer.Block($"private static {definition} {tool.Name}Tool => new()", "};"))
                {
                    Definition(writer, tool);
                }
            }
        }

        return new Emission("Tools.table.g.cs", writer.Finish(), null);
    }

    private static void Definition(SourceWriter writer, ToolModel tool)
    {
        writer.Line($"Id = {tool.Value},");
        writer.Line($"Words = {CSharp.Texts(tool.Words)},");
        writer.Line($"Documentation = {Literals.Text(tool.Documentation)},");
        writer.Line($"Since = {Literals.Text(tool.Since)},");
        if (tool.IsHidden)
        {
            writer.Line("IsHidden = true,");
        }

        Parameters(writer, "Arguments", tool.Arguments);
        Parameters(writer, "Flags", tool.Flags);
        using (writer.Block($"ExitStatuses = new {CSharp.Own("ToolExitStatus")}[]", "},"))
        {
            foreach (var status in tool.ExitStatuses)
            {
                writer.Line($"new({Literals.Number(status.Value)}, {Literals.Text(status.Documentation)}),");
            }
        }

        using (writer.Block($"Examples = new {CSharp.Own("ToolExample")}[]", "},"))
        {
            foreach (var example in tool.Examples)
            {
                writer.Line($"new({Literals.Text(example.Call)}, {Literals.Text(example.Documentation)}),");
            }
        }
    }

    private static void Parameters(SourceWriter writer, string member, IEnumerable<ToolParameterModel> parameters)
    {
        using (writer.Block($"{member} = new {Parameter}[]", "},"))
        {
            foreach (var parameter in parameters)
            {
                using (writer.Block("new()", "},"))
                {
                    One(writer, parameter);
                }
            }
        }
    }

    private static void One(SourceWriter writer, ToolParameterModel parameter)
    {
        var flag = parameter.Flag;
        writer.Line($"Id = {Literals.Text(flag.Id)},");
        if (flag.Name.Length > 0)
        {
            writer.Line($"Name = {Literals.Text(flag.Name)},");
        }

        if (flag.Negation is not null)
        {
            writer.Line($"Negation = {Literals.Text(flag.Negation)},");
        }

        foreach (var (member, holds) in new[]
        {
            ("IsSwitch", flag.IsSwitch), ("IsFile", parameter.IsFile), ("Required", parameter.Required), ("Repeated", parameter.Repeated),
        })
        {
            if (holds)
            {
                writer.Line(member + " = true,");
            }
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

        writer.Line($"Documentation = {Literals.Text(flag.Documentation)},");
    }
}
