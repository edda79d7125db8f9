using System;
using System.Text.Json;

namespace SpecKitty.Contract;

/// <summary>JSON that is passed on as it was given, in the order that Python's <c>sort_keys</c> gives it.</summary>
internal static class JsonValues
{
    /// <summary>Writes <paramref name="element"/> with object keys sorted by code point at every depth.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in Sorted(element))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static JsonProperty[] Sorted(JsonElement element)
    {
        var members = new JsonProperty[element.GetPropertyCount()];
        int count = 0;
        foreach (var member in element.EnumerateObject())
        {
            // The last of two equal keys wins, as in Python.
            int at = Array.FindIndex(members, 0, count, m => m.NameEquals(member.Name));
            members[at < 0 ? count++ : at] = member;
        }

        Array.Resize(ref members, count);
        Array.Sort(members, static (a, b) => CodePointOrder.Compare(a.Name, b.Name));
        return members;
    }
}
