using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>
/// Holds every call's argv against the published argv of its command: what succeeded is accepted there, what the parser refused is refused there too.
/// </summary>
internal static class ArgvSchema
{
    internal static void Check(IReadOnlyList<string> argv, Envelope envelope, int exitStatus)
    {
        if (argv.Count < 2 || argv[0] != "orchestrator-api" || !PublishedSchemas.Has(argv[1] + ".argv", envelope.ContractVersion))
        {
            return;
        }

        bool accepted = ToObject([.. argv.Skip(2)], argv[1], envelope.ContractVersion) is { } value
            && PublishedSchemas.Problems(argv[1] + ".argv", envelope.ContractVersion, StrictJson.Parse(value.ToJsonString())).Count == 0;
        Contract.Holds(!envelope.Success || accepted, $"the published argv of {argv[1]} refuses a call that succeeded: {string.Join(' ', argv)}");
        Contract.Holds(exitStatus != 2 || !accepted, $"the published argv of {argv[1]} accepts a call that the parser refused: {string.Join(' ', argv)}");
    }

    /// <summary>argv as the published schemas have it, a member a flag; null where it cannot be put so: the parser refuses that.</summary>
    internal static JsonObject? ToObject(string[] argv, string command, string level)
    {
        var flags = PublishedSchemas.Definition(command + ".argv", level).GetProperty("properties");
        var value = new JsonObject();
        for (int i = 0; i < argv.Length; i++)
        {
            string name = argv[i].Split('=', 2)[0];
            bool takesValue = flags.TryGetProperty(name, out var flag) && flag.TryGetProperty("type", out _);
            if (!name.StartsWith("--", StringComparison.Ordinal) || name == "--" || (takesValue && name == argv[i] && i + 1 == argv.Length))
            {
                return null;
            }

            value[name] = name != argv[i] ? argv[i][(name.Length + 1)..] : takesValue ? argv[++i] : true;
        }

        return value;
    }
}
