using System.Globalization;
using System.Text;

namespace SpecKitty.Tools;

/// <summary>Builds HTML. Whatever comes from a log or a file goes through <see cref="Text"/> or <see cref="Attribute"/> and can become no markup.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new(64 * 1024);

    /// <summary>Adds markup of our own.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public Html Text(string? text)
    {
        foreach (char c in DisplayText.Safe(text))
        {
            switch (c)
            {
                case '&': _text.Append("&amp;"); break;
                case '<': _text.Append("&lt;"); break;
                case '>': _text.Append("&gt;"); break;
                case '"': _text.Append("&quot;"); break;
                case '\'': _text.Append("&#39;"); break;
                default: _text.Append(c); break;
            }
        }

        return this;
    }

    /// <summary>Adds a text of unknown direction, which cannot turn its surroundings around.</summary>
    public Html Name(string? text) => Raw("<bdi>").Text(text).Raw("</bdi>");

    /// <summary>Adds a number.</summary>
    public Html Number(long number)
    {
        _text.Append(number.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Adds a coordinate with a digit behind the point.</summary>
    public Html Number(double number)
    {
        long tenths = (long)System.Math.Round(number * 10);
        _text.Append((tenths / 10).ToString(CultureInfo.InvariantCulture));
        if (tenths % 10 != 0)
        {
            _text.Append('.').Append((System.Math.Abs(tenths) % 10).ToString(CultureInfo.InvariantCulture));
        }

        return this;
    }

    /// <summary>Adds an attribute of an open tag.</summary>
    public Html Attribute(string name, string? value) => Raw(" ").Raw(name).Raw("=\"").Text(value).Raw("\"");

    /// <summary>Adds a cell of a table.</summary>
    public Html Cell(string? text) => Raw("<td>").Text(text).Raw("</td>");

    /// <summary>Adds a cell with a span of time; a dash for none, and nothing for 0, so that what is not 0 stands out.</summary>
    public Html Span(long? seconds) => Raw("<td class=n>").Text(seconds switch { null => "–", 0 => "", { } some => LogTime.Span(some) }).Raw("</td>");

    /// <summary>Adds a cell with a count; nothing for 0, so that what is not 0 stands out.</summary>
    public Html Count(int count)
    {
        Raw("<td class=n>");
        return (count == 0 ? this : Number((long)count)).Raw("</td>");
    }

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());
}
