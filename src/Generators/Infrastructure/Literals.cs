using System.Globalization;
using System.Text;

namespace SpecKitty.Generators.Infrastructure;

/// <summary>The one place where text becomes a C# literal.</summary>
internal static class Literals
{
    /// <summary>A string literal, printable ASCII only, whatever <paramref name="value"/> holds.</summary>
    public static string Text(string value) => "\"" + Escape(value) + "\"";

    /// <summary>A string literal, or <c>null</c>.</summary>
    public static string TextOrNull(string? value) => value is null ? "null" : Text(value);

    /// <summary>A UTF-8 literal; <paramref name="value"/> must be well-formed UTF-16, as everything from a schema is.</summary>
    public static string Utf8(string value) => Text(value) + "u8";

    /// <summary>The inside of an interpolated string literal: as <see cref="Text"/>, braces doubled.</summary>
    public static string InterpolatedPart(string value) => Escape(value).Replace("{", "{{").Replace("}", "}}");

    /// <summary>A number as C# writes it.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static string Flag(bool value) => value ? "true" : "false";

    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (char c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ' or > '~': text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                default: text.Append(c); break;
            }
        }

        return text.ToString();
    }
}
