using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>The commands and flags as schemas/ has them, with values that make each call well-formed.</summary>
internal static class CommandCatalogue
{
    private static readonly Dictionary<string, JsonElement> FlagsById = StrictJson.Parse(RepositoryRoot.Read("schemas", "flags.json"))
        .GetProperty("flags").EnumerateArray().ToDictionary(f => f.GetProperty("id").GetString()!);

    /// <summary>The commands of level 1.0.0 that answer with one envelope, by name.</summary>
    internal static CommandInfo[] All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.File("schemas", "commands"), "*.json").Order(StringComparer.Ordinal)
            .Select(path => StrictJson.Parse(File.ReadAllText(path)))
            .Where(static command => IsOfFirstLevel(command) && command.TryGetProperty("payload", out _))
            .Select(Read),
    ];

    internal static CommandInfo Get(string name) => All.Single(command => command.Name == name);

    private static bool IsOfFirstLevel(JsonElement entry) => entry.GetProperty("since").GetString() == "1.0.0";

    private static CommandInfo Read(JsonElement command)
    {
        var flags = new List<FlagInfo>();
        foreach (var use in command.GetProperty("flags").EnumerateArray())
        {
            var flag = FlagsById[use.GetProperty("flag").GetString()!];
            if (IsOfFirstLevel(flag))
            {
                flags.Add(new FlagInfo(
                    flag.GetProperty("name").GetString()!,
                    use.TryGetProperty("required", out var required) && required.GetBoolean(),
                    flag.GetProperty("type").GetString() == "switch",
                    flag.TryGetProperty("negation", out var negation) ? negation.GetString() : null));
            }
        }

        return new CommandInfo(command.GetProperty("id").GetString()!, command.GetProperty("mode").GetString() == "read", [.. flags]);
    }
}
