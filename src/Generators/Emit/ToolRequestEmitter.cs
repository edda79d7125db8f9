using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits a tool's request, a property a flag or argument, and what it ends with.</summary>
internal static class ToolRequestEmitter
{
    public static Emission Emit(ToolModel tool)
    {
        string id = tool.Id.Id;
        string type = tool.Name + "ToolRequest";
        var parameters = tool.Arguments.Concat(tool.Flags).Where(static parameter => parameter.Flag.Id.Length > 0).ToList();
        var writer = CSharp.File(id);
        using (writer.Type(tool.Documentation, $"internal sealed class {type} : {CSharp.ToolRequest}"))
        {
            writer.Line("/// <inheritdoc/>").Line($"public override {CSharp.ToolId} Tool => {tool.Value};");
            foreach (var parameter in parameters)
            {
                string name = parameter.Flag.Name.Length > 0 ? parameter.Flag.Name : parameter.Flag.ValueName ?? parameter.Flag.Id;
                writer.Line().Summary($"{name}: {parameter.Flag.Documentation}")
                    .Line($"public required {Type(parameter)} {Property(parameter, type)} {{ get; init; }}");
            }

            writer.Line().Summary("The request with these arguments.");
            using (writer.Block($"public static {type} Make({CSharp.ToolArguments} arguments) => new()", "};"))
            {
                foreach (var parameter in parameters)
                {
                    writer.Line($"{Property(parameter, type)} = {Value(parameter)},");
                }
            }
        }

        string statuses = tool.Name + "ExitStatus";
        using (writer.Type($"What {tool.Title} ends with.", $"internal static class {statuses}"))
        {
            foreach (var status in tool.ExitStatuses)
            {
                writer.Number(status.Documentation, Identifiers.Member(status.Id, statuses), status.Value);
            }
        }

        ToolFindingsEmitter.Write(writer, tool);
        return new Emission($"Tool.{id}.g.cs", writer.Finish(), null);
    }

    /// <summary>The request's property; every request has a Tool of its own, and Make.</summary>
    private static string Property(ToolParameterModel parameter, string type) => Identifiers.Pascal(parameter.Flag.Id) switch
    {
        "Tool" => "ToolValue",
        "Make" => "MakeValue",
        _ => Identifiers.Member(parameter.Flag.Id, type),
    };

    private static bool IsThere(ToolParameterModel parameter) => parameter.Required || parameter.Flag.Default is not null;

    private static string Type(ToolParameterModel parameter) => parameter switch
    {
        { Flag: { IsSwitch: true, Negation: null } } => "bool",
        { Flag.IsSwitch: true } => "bool?",
        { Repeated: true } => CSharp.List("string"),
        _ => IsThere(parameter) ? "string" : "string?",
    };

    private static string Value(ToolParameterModel parameter)
    {
        var flag = parameter.Flag;
        string name = Literals.Text(flag.Name.Length > 0 ? flag.Name : flag.Id);
        return parameter switch
        {
            { Flag: { IsSwitch: true, Negation: null } } => $"arguments.Has({name})",
            { Flag.IsSwitch: true } => $"arguments.Has({name}) ? true : arguments.Has({Literals.Text(flag.Negation!)}) ? false : null",
            { Repeated: true } => $"arguments.Texts({name})",
            { Flag.Default: { } value } => $"arguments.Text({name}) ?? {Literals.Text(value)}",
            { Required: true } => $"arguments.Text({name})!",
            _ => $"arguments.Text({name})",
        };
    }
}
