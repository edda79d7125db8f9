using System;
using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the stored policy and its messages.</summary>
internal static class PolicyEmitter
{
    public static Emission Emit(PolicyInput input)
    {
        var policy = input.Policy;
        var writer = CSharp.File(policy.Id.Id);
        var fields = policy.Fields.OrderBy(static field => field.Id, StringComparer.Ordinal).ToList();
        using (writer.Type("A policy as it is stored with an event: known fields only, keys sorted.", $"internal sealed class Policy : {CSharp.Payload}"))
        {
            foreach (var field in fields)
            {
                writer.Summary(field.Documentation)
                    .Line($"[global::System.Text.Json.Serialization.JsonPropertyName({Literals.Text(field.Id)})]")
                    .Line($"public required {input.Type(field)} {Name(field)} {{ get; init; }}").Line();
            }

            writer.Line("/// <inheritdoc/>");
            using (writer.Block($"public override void WriteMembers({CSharp.Writer} writer, {CSharp.Level} level)"))
            {
                foreach (var field in fields)
                {
                    Write(writer, field, input);
                }
            }
        }

        using (writer.Type("What is said where a policy is missing.", "internal static class PolicyMessages"))
        {
            MessagesEmitter.Method(writer, "Required", policy.Messages.Required);
            MessagesEmitter.Method(writer, "RequiredForLane", policy.Messages.RequiredForLane);
        }

        return new Emission("Policy.policy.g.cs", writer.Finish(), null);
    }

    /// <summary>A field's property.</summary>
    public static string Name(PolicyFieldModel field) => Identifiers.Member(field.Id, "Policy");

    /// <summary>A field's type.</summary>
    public static FieldType Type(PolicyFieldModel field) => field.IsList ? new FieldType(FieldKind.List, new FieldType(FieldKind.String)) : new FieldType(FieldKind.String);

    private static void Write(SourceWriter writer, PolicyFieldModel field, PolicyInput input)
    {
        var type = Type(field);
        if (input.IsEverywhere(field))
        {
            Value(Name(field));
            return;
        }

        using (writer.Block($"if (level >= {CSharp.LevelValue(field.Since.Id)})"))
        {
            Value(field.IsList ? Name(field) + " ?? []" : Name(field));
        }

        void Value(string value)
        {
            // A text that is null writes null.
            writer.Line($"writer.WritePropertyName({Literals.Utf8(field.Id)});");
            FieldTypes.Write(writer, type, value);
        }
    }
}
