using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace SpecKitty.Generators.Tests.Harness;

/// <summary>The schema files that a test feeds to the generator; every change makes a new set.</summary>
internal sealed record SchemaFiles(ImmutableArray<SchemaFile> Files)
{
    /// <summary>The contract of this repository.</summary>
    public static SchemaFiles Real { get; } = Read(System.IO.Path.Combine(Repository, "schemas"), System.IO.Path.Combine(Repository, "docs", "errors"));

    /// <summary>A contract with one of everything, for tests that look at what comes out.</summary>
    public static SchemaFiles Small { get; } = Read(SmallFolder, System.IO.Path.Combine(SmallFolder, "pages"));

    /// <summary>No files.</summary>
    public static SchemaFiles None { get; } = new([]);

    /// <summary>Where the repository is checked out.</summary>
    public static string Repository => System.IO.Path.GetFullPath("../../..", System.IO.Path.GetDirectoryName(ThisFile())!);

    private static string SmallFolder => System.IO.Path.Combine(Repository, "tests", "Generators.Tests", "Small");

    /// <summary>The text of a file.</summary>
    public string this[string path] => Find(path).Text!;

    /// <summary>With the first occurrence of a text in a file replaced; it must be there.</summary>
    public SchemaFiles Edit(string path, string old, string replacement)
    {
        string text = this[path];
        int at = text.IndexOf(old, StringComparison.Ordinal);
        return at >= 0
            ? Set(path, text[..at] + replacement + text[(at + old.Length)..])
            : throw new ArgumentException($"{path} does not contain {old}", nameof(old));
    }

    /// <summary>With another text for a file.</summary>
    public SchemaFiles Set(string path, string? text) => new(Files.Replace(Find(path), Find(path) with { Text = text }));

    /// <summary>With another kind for a file.</summary>
    public SchemaFiles SetKind(string path, string kind) => new(Files.Replace(Find(path), Find(path) with { Kind = kind }));

    /// <summary>With one file more.</summary>
    public SchemaFiles Add(string path, string kind, string? text) => new(Files.Add(new SchemaFile(path, kind, text)));

    /// <summary>Without a file.</summary>
    public SchemaFiles Remove(string path) => new(Files.Remove(Find(path)));

    private SchemaFile Find(string path) => Files.Single(file => file.Path == path);

    private static SchemaFiles Read(string folder, string pages) => new(
    [
        .. Directory.EnumerateFiles(folder, "*.json").Select(path => One(folder, path, System.IO.Path.GetFileNameWithoutExtension(path))),
        .. Directory.EnumerateFiles(System.IO.Path.Combine(folder, "commands"), "*.json").Select(path => One(folder, path, "command")),
        .. Directory.EnumerateFiles(System.IO.Path.Combine(folder, "payloads"), "*.json").Select(path => One(folder, path, "payload")),
        .. Directory.EnumerateFiles(System.IO.Path.Combine(folder, "tools"), "*.json").Select(path => One(folder, path, "tool")),
        .. Directory.EnumerateFiles(pages, "*.md").Where(static path => !path.EndsWith("README.md", StringComparison.Ordinal)).Select(path => One(System.IO.Path.GetDirectoryName(pages)!, path, "page")),
    ]);

    private static SchemaFile One(string folder, string path, string kind) =>
        new(System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/'), kind, File.ReadAllText(path));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
