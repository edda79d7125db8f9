using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>
/// JSON as the other host writes it: <c>", "</c> and <c>": "</c>, everything beyond ASCII escaped. Written here once more, apart
/// from the product's own writer, so that each checks the other.
/// </summary>
internal static class PythonText
{
    /// <summary>Encodes a value; keys keep their order, or are sorted by code point.</summary>
    internal static string Encode(JsonElement value, bool sorted = false)
    {
        var text = new StringBuilder();
        Append(text, value, sorted);
        return text.ToString();
    }

    /// <summary>Encodes a .NET value (null, string, bool, number, array or dictionary-like <see cref="JsonElement"/>) with sorted keys.</summary>
    internal static string Row(object value) => Encode(JsonSerializer.SerializeToElement(value), sorted: true);

    /// <summary>The form of status.json: sorted keys, two-space indent, nothing but control characters and quotes escaped, a final LF.</summary>
    internal static string Document(JsonElement value)
    {
        var text = new StringBuilder();
        AppendIndented(text, value, 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, JsonElement value, bool sorted)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var first = true;
                text.Append('{');
                foreach (var member in sorted ? value.EnumerateObject().OrderBy(m => m.Name, CodePoints.Order) : value.EnumerateObject().AsEnumerable())
                {
                    text.Append(first ? "" : ", ");
                    AppendString(text, member.Name, ascii: true);
                    text.Append(": ");
                    Append(text, member.Value, sorted);
                    first = false;
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                for (var i = 0; i < value.GetArrayLength(); i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Append(text, value[i], sorted);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendString(text, value.GetString()!, ascii: true);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendIndented(StringBuilder text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                AppendBlock(text, depth, '{', '}', value.EnumerateObject().OrderBy(m => m.Name, CodePoints.Order).ToArray(), (member, inner) =>
                {
                    AppendString(text, member.Name, ascii: false);
                    text.Append(": ");
                    AppendIndented(text, member.Value, inner);
                });
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                AppendBlock(text, depth, '[', ']', value.EnumerateArray().ToArray(), (item, inner) => AppendIndented(text, item, inner));
                break;
            case JsonValueKind.Object:
                text.Append("{}");
                break;
            case JsonValueKind.Array:
                text.Append("[]");
                break;
            case JsonValueKind.String:
                AppendString(text, value.GetString()!, ascii: false);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendBlock<T>(StringBuilder text, int depth, char open, char close, T[] items, Action<T, int> append)
    {
        text.Append(open);
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(' ', 2 * (depth + 1));
            append(items[i], depth + 1);
        }

        text.Append('\n').Append(' ', 2 * depth).Append(close);
    }

    private static void AppendString(StringBuilder text, string value, bool ascii)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                > '~' when ascii => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
