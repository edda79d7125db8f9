using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits a payload's type with its writer, and its keys.</summary>
internal static class PayloadEmitter
{
    private const string Serialization = "global::System.Text.Json.Serialization.";

    public static Emission Emit(PayloadInput input)
    {
        var payload = input.Payload;
        var writer = CSharp.File(payload.Id.Id);
        using (writer.Type(payload.Documentation, $"internal sealed class {payload.ClassName} : {CSharp.Payload}"))
        {
            Constructor(writer, input);
            Includes(writer, input);
            foreach (var field in payload.Fields)
            {
                Property(writer, field, Name(field, payload), input.FirstLevel);
            }

            LaneCounts.Properties(writer, input);
            writer.Line("/// <inheritdoc/>");
            using (writer.Block($"public override void WriteMembers({CSharp.Writer} writer, {CSharp.Level} level)"))
            {
                foreach (var include in input.Includes)
                {
                    writer.Line($"{IncludeName(include, payload)}.WriteMembers(writer, level);");
                }

                foreach (var field in payload.Fields.Where(static field => field.Type.Kind != FieldKind.Unknown))
                {
                    WriteField(writer, field, Name(field, payload), input.FirstLevel);
                }

                LaneCounts.Writes(writer, input);
            }
        }

        if (!payload.CountsLanes)
        {
            Keys(writer, payload);
        }

        return new Emission($"Payload.{payload.Id.Id}.g.cs", writer.Finish(), null);
    }

    /// <summary>
    /// Contexts see public members only. Others are internal, not [JsonIgnore]: a required member that is ignored makes a context throw.
    /// </summary>
    private static bool IsHidden(FieldModel field) => field.Type.Kind is FieldKind.Payload or FieldKind.Unknown;

    private static string Name(FieldModel field, PayloadModel payload) => Identifiers.Member(field.Name, payload.ClassName);

    private static string IncludeName(PayloadModel include, PayloadModel payload) => Identifiers.Member(include.Id.Id, payload.ClassName);

    private static void Constructor(SourceWriter writer, PayloadInput input)
    {
        if (input.Includes.Count > 0 || input.Payload.Fields.Any(IsHidden))
        {
            // A context could not set the required members that are hidden from it: without a public constructor it only writes.
            writer.Summary("Contexts cannot read it, only write it: they do not see all of its members.")
                .Line($"internal {input.Payload.ClassName}()").Line("{").Line("}").Line();
        }
    }

    private static void Includes(SourceWriter writer, PayloadInput input)
    {
        foreach (var include in input.Includes)
        {
            string part = IncludeName(include, input.Payload);
            writer.Summary(include.Documentation).Line($"internal required {CSharp.Own(include.ClassName)} {part} {{ get; init; }}").Line();

            // A context writes the part's members among the payload's own, as the writer does.
            foreach (var field in include.Fields.Where(field => input.Payload.Fields.All(own => own.Name != field.Name)))
            {
                writer.Summary(field.Documentation);
                Attributes(writer, field);
                writer.Line($"public {FieldTypes.Property(field)} {Name(field, input.Payload)} => {part}.{Name(field, include)};").Line();
            }
        }
    }

    private static void Property(SourceWriter writer, FieldModel field, string name, string firstLevel)
    {
        writer.Summary(field.Documentation);
        if (field.Since is { } since && since.Id != firstLevel)
        {
            writer.Remarks($"Since contract level {since.Id}.");
        }

        Attributes(writer, field);
        string required = field.Optional || field.Type.Kind == FieldKind.Unknown ? "" : "required ";
        writer.Line($"{(IsHidden(field) ? "internal" : "public")} {required}{FieldTypes.Property(field)} {name} {{ get; init; }}").Line();
    }

    private static void Attributes(SourceWriter writer, FieldModel field)
    {
        if (IsHidden(field))
        {
            return;
        }

        writer.Line($"[{Serialization}JsonPropertyName({Literals.Text(field.Name)})]");
        if (field.Optional)
        {
            writer.Line($"[{Serialization}JsonIgnore(Condition = {Serialization}JsonIgnoreCondition.WhenWritingNull)]");
        }

        if (field.Type.Kind == FieldKind.Json)
        {
            writer.Line($"[{Serialization}JsonConverter(typeof({CSharp.Own("SortedJsonConverter")}))]");
        }
    }

    private static void WriteField(SourceWriter writer, FieldModel field, string name, string firstLevel)
    {
        if (field.Since is { } since && since.Id != firstLevel)
        {
            using (writer.Block($"if (level >= {CSharp.LevelValue(since.Id)})"))
            {
                WriteField(writer, field, name);
            }
        }
        else
        {
            WriteField(writer, field, name);
        }
    }

    private static void WriteField(SourceWriter writer, FieldModel field, string name)
    {
        if (!field.Optional && !field.Nullable)
        {
            WriteValue(writer, field, name);
            return;
        }

        // A local, so that a property is read once and a value of a struct needs no .Value.
        string local = Identifiers.Camel(field.Name) + "Value";
        using (writer.Block($"if ({name} is {{ }} {local})"))
        {
            WriteValue(writer, field, local);
        }

        if (!field.Optional)
        {
            using (writer.Block("else"))
            {
                writer.Line($"writer.WriteNull({Literals.Utf8(field.Name)});");
            }
        }
    }

    private static void WriteValue(SourceWriter writer, FieldModel field, string value)
    {
        writer.Line($"writer.WritePropertyName({Literals.Utf8(field.Name)});");
        FieldTypes.Write(writer, field.Type, value);
    }

    private static void Keys(SourceWriter writer, PayloadModel payload)
    {
        string type = payload.ClassName + "Fields";
        using (writer.Type($"The keys of {payload.ClassName}, for readers.", $"internal static class {type}"))
        {
            foreach (var field in payload.Fields)
            {
                string name = Identifiers.Member(field.Name, type);
                writer.Key(field.Documentation, name, field.Name);
                if (field.Values.Count > 0)
                {
                    writer.Summary($"What {field.Name} can be.").Line($"public static string[] {name}Values => {CSharp.Texts(field.Values)};");
                    foreach (string value in field.Values)
                    {
                        writer.Constant($"{field.Name}: {value}.", name + Identifiers.Member(value, name), value);
                    }

                }
            }

            string required = string.Join(", ", payload.Fields.Where(static field => !field.Optional).Select(static field => field.Name));
            writer.Constant("The keys that must be there, with commas between them.", "Required", required);
        }
    }
}
