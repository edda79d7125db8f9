using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Diagnostics;

/// <summary>A place in a schema file, without a hold on the file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">The characters.</param>
/// <param name="Lines">The same as lines and columns.</param>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>The place of <paramref name="span"/> in <paramref name="text"/>.</summary>
    public static LocationInfo Create(string path, SourceText text, TextSpan span) => new(path, span, text.Lines.GetLinePositionSpan(span));

    /// <summary>The start of a file that could not be read.</summary>
    public static LocationInfo StartOf(string path) => new(path, default, default);

    /// <summary>What Roslyn reports with.</summary>
    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
