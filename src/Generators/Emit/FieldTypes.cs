using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>The types of fields in C#, and the code that writes a value of each.</summary>
internal static class FieldTypes
{
    private const string Element = "global::System.Text.Json.JsonElement";

    /// <summary>The type without a question mark.</summary>
    public static string Name(FieldType type) => type.Kind switch
    {
        FieldKind.String => "string",
        FieldKind.Int => "int",
        FieldKind.Long => "long",
        FieldKind.Bool => "bool",
        FieldKind.Lane => CSharp.Lane,
        FieldKind.Json => Element,
        FieldKind.Payload => CSharp.Payload,
        FieldKind.Part => CSharp.Own(type.ClassName),
        FieldKind.List => CSharp.List(Name(type.Item!)),
        FieldKind.Map => $"global::System.Collections.Generic.IReadOnlyDictionary<string, {Name(type.Item!)}>",
        _ => "object",
    };

    /// <summary>The type as a schema writes it.</summary>
    public static string Text(FieldType type) => type.Kind switch
    {
        FieldKind.Part => type.Part.Id,
        FieldKind.List => Text(type.Item!) + "[]",
        FieldKind.Map => "map:" + Text(type.Item!),
        _ => type.Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The type of the property: with a question mark where there may be no value.</summary>
    public static string Property(FieldModel field) => Name(field.Type) + (field.Optional || field.Nullable || field.Type.Kind == FieldKind.Unknown ? "?" : "");

    /// <summary>Writes the statements that write <paramref name="value"/>, which is not null.</summary>
    public static void Write(SourceWriter writer, FieldType type, string value, int depth = 0)
    {
        switch (type.Kind)
        {
            case FieldKind.String:
                writer.Line($"writer.WriteStringValue({value});");
                break;
            case FieldKind.Int or FieldKind.Long:
                writer.Line($"writer.WriteNumberValue({value});");
                break;
            case FieldKind.Bool:
                writer.Line($"writer.WriteBooleanValue({value});");
                break;
            case FieldKind.Lane:
                writer.Line($"writer.WriteStringValue({CSharp.Lanes}.Utf8Name({value}));");
                break;
            case FieldKind.Json:
                writer.Line($"{CSharp.Own("JsonValues")}.Write(writer, {value});");
                break;
            case FieldKind.Payload or FieldKind.Part:
                writer.Line("writer.WriteStartObject();");
                writer.Line($"{value}.WriteMembers(writer, level);");
                writer.Line("writer.WriteEndObject();");
                break;
            case FieldKind.List:
                Items(writer, type.Item!, value, "Array", depth);
                break;
            case FieldKind.Map:
                Items(writer, type.Item!, value, "Object", depth);
                break;
            default:
                writer.Line("writer.WriteNullValue();");
                break;
        }
    }

    private static void Items(SourceWriter writer, FieldType item, string value, string kind, int depth)
    {
        string name = depth == 0 ? "item" : "item" + Literals.Number(depth);
        writer.Line($"writer.WriteStart{kind}();");
        using (writer.Block($"foreach (var {name} in {value})"))
        {
            if (kind == "Object")
            {
                writer.Line($"writer.WritePropertyName({name}.Key);");
                name += ".Value";
            }

            Write(writer, item, name, depth + 1);
        }

        writer.Line($"writer.WriteEnd{kind}();");
    }
}
