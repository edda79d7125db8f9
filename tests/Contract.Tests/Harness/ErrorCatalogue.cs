using System;
using System.Collections.Frozen;
using System.Linq;
using System.Text.Json;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>The error codes as schemas/errors.json has them: what a failure may say, and what it then promises.</summary>
internal static class ErrorCatalogue
{
    private static readonly FrozenDictionary<string, JsonElement> ById = StrictJson.Parse(RepositoryRoot.Read("schemas", "errors.json"))
        .GetProperty("errors").EnumerateArray().Where(e => !e.TryGetProperty("retired", out _)).ToFrozenDictionary(e => e.GetProperty("id").GetString()!);

    internal static string[] Codes => [.. ById.Keys.Order(StringComparer.Ordinal)];

    internal static bool Knows(string code) => ById.ContainsKey(code);

    /// <summary>What <c>error_code</c> says for a cause at a level.</summary>
    internal static string CodeAt(string reason, string level)
    {
        var entry = ById[reason];
        var documented = !(entry.TryGetProperty("reasonOnly", out var only) && only.GetBoolean())
            && new Version(entry.GetProperty("since").GetString()!) <= new Version(level);
        return documented ? reason : entry.GetProperty("fallsBackTo").GetString()!;
    }

    /// <summary>The payload that a failure for this cause carries; null where it is the message alone.</summary>
    internal static string? DataOf(string reason) => ById[reason].TryGetProperty("data", out var data) ? data.GetString() : null;

    /// <summary>Whether trying again may help; a failure may say no where the catalogue says yes, for it knows its cause better.</summary>
    internal static bool MayBeRetryable(string reason) => ById[reason].GetProperty("retryable").GetBoolean();
}
