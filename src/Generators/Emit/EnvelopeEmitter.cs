using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the writer of the envelope: a parameter a field, in the order of the keys.</summary>
internal static class EnvelopeEmitter
{
    public static Emission Emit(EnvelopeInput input)
    {
        var (envelope, tail) = input;
        var writer = CSharp.File(envelope.Id.Id);
        using (writer.Type(envelope.Documentation, "internal static class EnvelopeWriter"))
        {
            writer.Summary("Writes the envelope, braces included. A payload's members come first in its object, then the tail's.");
            foreach (var field in envelope.Fields)
            {
                writer.Line($"/// <param name=\"{Identifiers.Camel(field.Name).TrimStart('@')}\">{XmlDocs.Escape(field.Documentation)}</param>");
            }

            writer.Line("/// <param name=\"tail\">What the data of a failure ends with; null on success.</param>");
            writer.Line("/// <param name=\"level\">The contract level served.</param>");
            writer.Line("/// <param name=\"writer\">Where it goes.</param>");
            string parameters = string.Concat(envelope.Fields.Select(static field => $", {Type(field)} {Identifiers.Camel(field.Name)}"));
            string tailType = tail is null ? CSharp.Payload : CSharp.Own(tail);
            using (writer.Block($"public static void Write({CSharp.Writer} writer{parameters}, {tailType}? tail, {CSharp.Level} level)"))
            {
                writer.Line("writer.WriteStartObject();");
                foreach (var field in envelope.Fields)
                {
                    Field(writer, field);

                    // Most answers fit the writer's first 256 bytes then, field by field; the next size is more than a page that has to be cleared.
                    writer.Line("writer.Flush();");
                }

                writer.Line("writer.WriteEndObject();");
            }
        }

        using (writer.Type("The envelope's keys.", "internal static class EnvelopeKeys"))
        {
            foreach (var field in envelope.Fields)
            {
                writer.Constant(field.Documentation, Identifiers.Member(field.Name, "EnvelopeKeys"), field.Name);
            }
        }

        return new Emission("Payload.envelope.g.cs", writer.Finish(), null);
    }

    private static string Type(FieldModel field) => field.Type.Kind == FieldKind.Payload ? CSharp.Payload + "?" : FieldTypes.Property(field);

    private static void Field(SourceWriter writer, FieldModel field)
    {
        string name = Identifiers.Camel(field.Name);
        if (field.Type.Kind == FieldKind.Payload)
        {
            writer.Line($"writer.WritePropertyName({Literals.Utf8(field.Name)});");
            writer.Line("writer.WriteStartObject();");
            writer.Line($"{name}?.WriteMembers(writer, level);");
            writer.Line("tail?.WriteMembers(writer, level);");
            writer.Line("writer.WriteEndObject();");
            return;
        }

        if (field.Nullable)
        {
            using (writer.Block($"if ({name} is null)"))
            {
                writer.Line($"writer.WriteNull({Literals.Utf8(field.Name)});");
            }

            using (writer.Block("else"))
            {
                Value(writer, field, name);
            }
        }
        else
        {
            Value(writer, field, name);
        }
    }

    private static void Value(SourceWriter writer, FieldModel field, string value)
    {
        writer.Line($"writer.WritePropertyName({Literals.Utf8(field.Name)});");
        FieldTypes.Write(writer, field.Type, value);
    }
}
