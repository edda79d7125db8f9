using System;
using System.Collections.Generic;
using System.Linq;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>A command of the contract.</summary>
internal sealed record CommandInfo(string Name, bool IsRead, FlagInfo[] Flags)
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["--mission"] = "no-such-mission",
        ["--wp"] = "WP01",
        ["--to"] = "blocked",
        ["--policy"] = Policy.Valid,
        ["--evidence-json"] = Mission.Evidence,
        ["--provider-version"] = "1.0.0",
        ["--strategy"] = "squash",
    };

    /// <summary>A well-formed call with the required flags, which then fails for want of the mission where it names one.</summary>
    internal string[] MinimalArgv() => Argv(flag => flag.IsRequired);

    /// <summary>A well-formed call with every flag.</summary>
    internal string[] FullArgv() => Argv(_ => true);

    internal string[] ArgvWithout(FlagInfo left) => Argv(flag => flag.IsRequired && flag != left);

    /// <summary>Whether an answer shows that argv was understood: it got as far as looking for the mission, or did what was asked.</summary>
    internal static bool WasUnderstood(Call call) => call.Envelope.Command != "orchestrator-api.unknown";

    private string[] Argv(Func<FlagInfo, bool> wanted) =>
        [Name, .. Flags.Where(wanted).SelectMany(flag => flag.IsSwitch ? [flag.Name] : new[] { flag.Name, Values.GetValueOrDefault(flag.Name, "text") })];

    public override string ToString() => Name;
}
