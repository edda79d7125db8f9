using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the payloads as data, for the published JSON Schemas: what the writers write without saying so.</summary>
internal static class PayloadTableEmitter
{
    public static Emission Emit(PayloadTableInput input)
    {
        var writer = CSharp.File("payloads");
        string definition = CSharp.Own("PayloadDefinition");
        using (writer.Type("The payloads as data. Each is made when it is asked for: plain calls need none.", "internal static class PayloadTable"))
        {
            writer.Summary("Every payload, by id.").Line(
                $"public static {CSharp.List(definition)} All => {CSharp.Array(definition, input.Payloads.Select(static payload => Name(payload)))};");
            writer.Line().Summary(input.Policy.Documentation);
            Definition(writer, "public", "Policy", Policy(input.Policy), input.FirstLevel);
            foreach (var payload in input.Payloads)
            {
                writer.Line().Summary(payload.Documentation);
                Definition(writer, "private", Name(payload), payload, input.FirstLevel);
            }
        }

        return new Emission("Payloads.table.g.cs", writer.Finish(), null);
    }

    private static string Name(PayloadModel payload) => Identifiers.Pascal(payload.Id.Id) + "Payload";

    /// <summary>The policy in the form of a payload.</summary>
    private static PayloadModel Policy(PolicyModel policy) => new(policy.Id, policy.Documentation)
    {
        Fields = policy.Fields.Select(static field => new FieldModel(field.Id, PolicyEmitter.Type(field), field.Documentation)
        {
            Optional = !field.Required,
            Nullable = field.Nullable,
            Since = field.Since,
        }).ToEquatableArray(),
    };

    private static void Definition(SourceWriter writer, string access, string name, PayloadModel payload, string firstLevel)
    {
        string kind = $"{CSharp.Own("PayloadKind")}.{Identifiers.Pascal(payload.Kind)}";
        string arguments = $"{Literals.Text(payload.Id.Id)}, {kind}, {Literals.Text(payload.Documentation)}";
        using (writer.Block($"{access} static {CSharp.Own("PayloadDefinition")} {name} => new({arguments})", "};"))
        {
            if (payload.CountsLanes)
            {
                writer.Line("CountsLanes = true,");
            }

            if (payload.Includes.Count > 0)
            {
                writer.Line($"Includes = {CSharp.Texts(payload.Includes.Select(static include => include.Id))},");
            }

            using (writer.Block($"Fields = new {CSharp.Own("FieldDefinition")}[]", "},"))
            {
                foreach (var field in payload.Fields.Where(static field => field.Type.Kind != FieldKind.Unknown))
                {
                    Field(writer, field, firstLevel);
                }
            }
        }
    }

    private static void Field(SourceWriter writer, FieldModel field, string firstLevel)
    {
        string members = string.Concat(
            field.Optional ? " Optional = true," : "",
            field.Nullable ? " Nullable = true," : "",
            field.Since is { } since && since.Id != firstLevel ? $" Since = {CSharp.LevelValue(since.Id)}," : "",
            field.Values.Count > 0 ? $" Values = {CSharp.Texts(field.Values)}," : "",
            field.Pattern is { } pattern ? $" Pattern = {Literals.Text(pattern)}," : "");
        string arguments = $"{Literals.Text(field.Name)}, {Literals.Text(FieldTypes.Text(field.Type))}, {Literals.Text(field.Documentation)}";
        writer.Line($"new({arguments}){(members.Length == 0 ? "" : " {" + members.TrimEnd(',') + " }")},");
    }
}
