using System;
using System.Text;

namespace SpecKitty.Generators.Infrastructure;

/// <summary>Builds C# text: lines with indentation, line feeds only.</summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;
    private readonly StringBuilder _text = new(4096);

    /// <summary>How deep the next line stands.</summary>
    public int Depth { get; private set; }

    /// <summary>Writes each line of <paramref name="text"/> at the current depth; empty lines stay empty.</summary>
    public SourceWriter Lines(string text)
    {
        foreach (string line in text.Replace("\r\n", "\n").Split('\n'))
        {
            Line(line);
        }

        return this;
    }

    /// <summary>Writes one line.</summary>
    public SourceWriter Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', Depth * IndentSize).Append(text);
        }

        _text.Append('\n');
        return this;
    }

    /// <summary>Writes <paramref name="header"/> and an opening brace; disposing what is returned writes the closing one.</summary>
    public Scope Block(string header, string end = "}")
    {
        Line(header);
        Line("{");
        Depth++;
        return new Scope(this, end);
    }

    /// <summary>The text; every block must be closed by now.</summary>
    public string Finish() => Depth == 0
        ? _text.ToString()
        : throw new InvalidOperationException($"{Depth} blocks are still open");

    private void Close(string end)
    {
        Depth--;
        Line(end);
    }

    /// <summary>An open block.</summary>
    internal readonly struct Scope(SourceWriter writer, string end) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => writer.Close(end);
    }
}
