using System.Text;

namespace SpecKitty.Generators.Infrastructure;

/// <summary>Turns a schema's prose into XML documentation.</summary>
internal static class XmlDocs
{
    /// <summary>Writes a summary; nothing for an empty text.</summary>
    public static SourceWriter Summary(this SourceWriter writer, string text) =>
        text.Length == 0 ? writer : writer.Line($"/// <summary>{Escape(text)}</summary>");

    /// <summary>Writes remarks; nothing for an empty text.</summary>
    public static SourceWriter Remarks(this SourceWriter writer, string text) =>
        text.Length == 0 ? writer : writer.Line($"/// <remarks>{Escape(text)}</remarks>");

    /// <summary>One line of XML text. What XML 1.0 cannot hold, and every line end, becomes a space.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            switch (c)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case < ' ' or '\u0085' or '\u2028' or '\u2029' or '\ufffe' or '\uffff': escaped.Append(' '); break;
                default: escaped.Append(c); break;
            }
        }

        return escaped.ToString();
    }
}
