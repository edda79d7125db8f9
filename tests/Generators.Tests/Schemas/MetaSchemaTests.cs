using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using SpecKitty.Generators.Linking;
using SpecKitty.Generators.Parsing;
using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Schemas;

/// <summary>The published schemas of the schemas: every file keeps to them, and they say what the generator says.</summary>
internal sealed class MetaSchemaTests
{
    /// <summary>What the generator finds in one file by itself, and a schema can find too.</summary>
    private static readonly HashSet<string> WithinAFile =
        ["SKA0004", "SKA0005", "SKA0006", "SKA0007", "SKA0008", "SKA0009", "SKA0302", "SKA0501", "SKA0602", "SKA0603"];

    /// <summary>A page is prose and has none.</summary>
    private static readonly string[] Kinds = [.. SchemaInput.KindNames.Where(static kind => kind != Page)];

    private static readonly Dictionary<string, MetaSchema> Metas = Kinds.ToDictionary(static kind => kind, MetaSchema.Of);

    private const string Page = "page";

    public static IEnumerable<string> RealFiles() => SchemaFiles.Real.Files.Where(static file => file.Kind != Page).Select(static file => file.Path);

    [Test]
    [MethodDataSource(nameof(RealFiles))]
    public async Task Each_schema_keeps_to_the_meta_schema_it_names(string path)
    {
        var file = SchemaFiles.Real.Files.Single(file => file.Path == path);
        await Assert.That(Metas[file.Kind].Check(file.Text!)).IsNull();
        string named = JsonNode.Parse(file.Text!)!["$schema"]!.GetValue<string>();
        string absolute = Path.GetFullPath(named, Path.GetDirectoryName(Path.Combine(SchemaFiles.Repository, "schemas", path))!);
        await Assert.That(absolute).IsEqualTo(Path.Combine(MetaSchema.Folder, file.Kind + ".schema.json"));
    }

    [Test]
    public async Task Every_kind_has_a_meta_schema_and_nothing_else_has() =>
        await Assert.That(Directory.EnumerateFiles(MetaSchema.Folder).Select(static path => Path.GetFileName(path)!)).IsEquivalentTo(Kinds.Select(static kind => kind + ".schema.json"));

    [Test]
    public async Task Every_member_in_the_meta_schemas_is_described()
    {
        foreach (var (kind, meta) in Metas)
        {
            await Assert.That(Undescribed(meta.Root, kind)).IsEmpty();
        }
    }

    /// <summary>Every accident at every member of every file: few enough that none needs to be left to chance.</summary>
    [Test]
    public async Task The_generator_and_the_meta_schemas_find_fault_with_the_same_files()
    {
        var disagreements = new ConcurrentQueue<string>();
        Parallel.ForEach(
            SchemaFiles.Small.Files.Where(static file => file.Kind != Page).SelectMany(static file => Enumerable.Range(0, Places(JsonNode.Parse(file.Text!)!).Count).Select(at => (file, at))),
            one =>
            {
                foreach (var accident in Enum.GetValues<Accident>())
                {
                    var root = JsonNode.Parse(one.file.Text!)!;
                    string place = Harm(root, one.at, accident);
                    string text = root.ToJsonString();
                    var found = Diagnose(SchemaFiles.Small.Set(one.file.Path, text));
                    string? fault = Metas[one.file.Kind].Check(text);
                    if (fault is null ? found.Any(WithinAFile.Contains) : found.Count == 0)
                    {
                        disagreements.Enqueue($"{one.file.Path}: {place} {accident}: generator [{string.Join(' ', found)}], meta schema {fault ?? "content"}");
                    }
                }
            });
        await Assert.That(disagreements).IsEmpty();
    }

    /// <summary>Everything but the compiler: parse all files, link them.</summary>
    private static List<string> Diagnose(SchemaFiles files)
    {
        var parsed = files.Files.Select(static file => SchemaParser.Parse(new SchemaInput(TestFile.Of(file), file.Kind), CancellationToken.None)).ToList();
        var linked = Linker.Link([.. parsed.Select(static file => file.Schema!)], CancellationToken.None);
        return [.. parsed.SelectMany(static file => file.Notes.Diagnostics).Select(static found => found.Descriptor.Id), .. linked.Problems.Select(static found => found.Descriptor.Id)];
    }

    private static List<(JsonObject Owner, string Name)> Places(JsonNode root) =>
        [.. Objects(root).SelectMany(static node => node.Select(member => (Owner: node, Name: member.Key)))];

    /// <summary>Lets the accident happen to one member and says where that is.</summary>
    private static string Harm(JsonNode root, int at, Accident accident)
    {
        var (owner, name) = Places(root)[at];
        string place = owner.GetPath() + "." + name;
        switch (accident)
        {
            case Accident.Gone: owner.Remove(name); break;
            case Accident.Renamed: owner["x_" + name] = owner[name]?.DeepClone(); owner.Remove(name); break;
            case Accident.Extra: owner["extra"] = 1; break;
            case Accident.Null: owner[name] = null; break;
            case Accident.Number: owner[name] = 3.5; break;
            case Accident.List: owner[name] = new JsonArray("!"); break;
            case Accident.Flag: owner[name] = true; break;
            case Accident.Empty: owner[name] = ""; break;
            default: owner[name] = "Not {an id"; break;
        }

        return place;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(static member => Objects(member.Value)).Prepend(value),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static List<string> Undescribed(JsonElement schema, string path)
    {
        var found = new List<string>();
        if (schema.ValueKind == JsonValueKind.Object)
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out _))
            {
                found.AddRange(properties.EnumerateObject().Where(static one => !one.Value.TryGetProperty("description", out _)).Select(one => $"{path}/{one.Name}"));
            }

            found.AddRange(schema.EnumerateObject().SelectMany(member => Undescribed(member.Value, $"{path}/{member.Name}")));
        }
        else if (schema.ValueKind == JsonValueKind.Array)
        {
            found.AddRange(schema.EnumerateArray().SelectMany(item => Undescribed(item, path)));
        }

        return found;
    }

    private enum Accident
    {
        Gone,
        Renamed,
        Extra,
        Null,
        Number,
        List,
        Flag,
        Empty,
        Nonsense,
    }
}
