using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Fuzz;

/// <summary>A JSON value as text that is equal exactly for values that are equal to Python, in the order of <c>sort_keys</c>: for comparing.</summary>
internal static class PythonJsonOrder
{
    /// <summary>Numbers stay as they are spelled; of equal keys the last counts.</summary>
    public static string Canonical(JsonElement value)
    {
        var text = new StringBuilder();
        Add(text, value);
        return text.ToString();
    }

    /// <summary>Whether some string of it, key or value, counting or overruled, is no Unicode.</summary>
    public static bool HasBrokenText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().Any(static member => member.Name.Length < 0 || HasBrokenText(member.Value)),
                JsonValueKind.Array => value.EnumerateArray().Any(HasBrokenText),
                JsonValueKind.String => value.GetString()!.Length < 0,
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static void Add(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = member.Value;
                }

                text.Append('{');
                foreach (string name in members.Keys.Order(Comparer<string>.Create(CodePointOrder.Compare)))
                {
                    text.Append(name.Length).Append(':').Append(name).Append('=');
                    Add(text, members[name]);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Add(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append('"').Append(value.GetString()).Append('"');
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }
}
