using System.Collections.Concurrent;
using System.IO;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Tests.Harness;

/// <summary>An additional file in memory.</summary>
internal sealed class TestFile : AdditionalText
{
    private static readonly ConcurrentDictionary<SchemaFile, AdditionalText> Known = new();
    private readonly SchemaFile _file;

    private TestFile(SchemaFile file) => _file = file;

    /// <inheritdoc/>
    public override string Path => "/schemas/" + _file.Path;

    /// <summary>The schema that it is.</summary>
    public SchemaFile Schema => _file;

    /// <summary>The text of a file that throws when it is read.</summary>
    public const string Throws = "\u0001throws";

    /// <inheritdoc/>
    public override SourceText? GetText(CancellationToken cancellationToken = default) => _file.Text switch
    {
        null => null,
        Throws => throw new IOException("the disk is gone"),
        _ => SourceText.From(_file.Text, Encoding.UTF8),
    };

    /// <summary>The additional file of a schema, one object for equal ones.</summary>
    public static AdditionalText Of(SchemaFile file) => Known.GetOrAdd(file, static file => new TestFile(file));
}
