using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>What the schemas say is there from a later level on.</summary>
internal static class Levels
{
    internal static readonly string[] All = ["1.0.0", "1.1.0", "1.2.0", "1.3.0"];

    /// <summary>Commands that the first level does not have, with the level that has them first.</summary>
    internal static IEnumerable<(string Command, string Since)> LaterCommands() => Later("commands");

    /// <summary>Flags that the first level does not have, with a command that takes them.</summary>
    internal static IEnumerable<(string Command, string Flag, string Since)> LaterFlags()
    {
        var flags = StrictJson.Parse(RepositoryRoot.Read("schemas", "flags.json")).GetProperty("flags").EnumerateArray()
            .Where(flag => Since(flag) != All[0]).ToArray();
        foreach (var command in Schemas("commands"))
        {
            foreach (var flag in flags.Where(flag => command.GetProperty("flags").EnumerateArray().Any(use => use.GetProperty("flag").GetString() == flag.GetProperty("id").GetString())))
            {
                yield return (command.GetProperty("id").GetString()!, flag.GetProperty("name").GetString()!, Since(flag));
            }
        }
    }

    /// <summary>Whether a level has what there is since another.</summary>
    internal static bool Has(string level, string since) => new Version(since) <= new Version(level);

    private static IEnumerable<(string Id, string Since)> Later(string room) =>
        Schemas(room).Where(schema => Since(schema) != All[0]).Select(schema => (schema.GetProperty("id").GetString()!, Since(schema)));

    private static IEnumerable<JsonElement> Schemas(string room) => Directory
        .EnumerateFiles(RepositoryRoot.File("schemas", room), "*.json").Order(StringComparer.Ordinal).Select(path => StrictJson.Parse(File.ReadAllText(path)));

    private static string Since(JsonElement schema) => schema.TryGetProperty("since", out var since) ? since.GetString()! : All[0];
}
