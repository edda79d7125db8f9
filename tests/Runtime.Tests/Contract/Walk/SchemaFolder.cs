using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract.Walk;

/// <summary>The schemas as they are written, for tests that walk them.</summary>
internal static class SchemaFolder
{
    /// <summary>Where the repository is checked out.</summary>
    public static string Repository { get; } = Path.GetFullPath("../../../..", Path.GetDirectoryName(ThisFile())!);

    /// <summary>A schema of schemas/.</summary>
    public static JsonElement Read(string name) => ReadFile(Path.Combine(Repository, "schemas", name + ".json"));

    /// <summary>The schemas of a folder of schemas/.</summary>
    public static IReadOnlyList<JsonElement> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository, "schemas", folder), "*.json").Order(StringComparer.Ordinal).Select(ReadFile)];

    /// <summary>The entries of a list of a schema; none when it has no such list.</summary>
    public static IReadOnlyList<JsonElement> Entries(this JsonElement schema, string list) =>
        schema.TryGetProperty(list, out var entries) ? [.. entries.EnumerateArray()] : [];

    /// <summary>A text of an entry; null when it has none.</summary>
    public static string? Text(this JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Whether an entry says true.</summary>
    public static bool Says(this JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.GetBoolean();

    /// <summary>The texts of a list.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement schema, string list) => [.. schema.Entries(list).Select(static entry => entry.GetString()!)];

    /// <summary>The contract level of a text.</summary>
    public static ContractLevel Level(string text) => ContractLevels.TryParse(text, out var level) ? level : throw new ArgumentException(text, nameof(text));

    /// <summary>The C# name of an id.</summary>
    public static string Pascal(string id) => string.Concat(id.Split('-', '_').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static JsonElement ReadFile(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
