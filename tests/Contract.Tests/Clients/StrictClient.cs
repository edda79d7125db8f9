using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>
/// A client that takes nothing for granted: seven keys exactly, no key twice at any depth, one line of at most 1 MiB, an answer within 30 seconds with the host's own
/// time limits, a version that is SemVer and the same in envelope and data. It shares no check with the harness.
/// </summary>
internal sealed partial class StrictClient(Sandbox sandbox, string level)
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Keys = ["command", "contract_version", "correlation_id", "data", "error_code", "success", "timestamp"];

    private readonly HashSet<string> _correlations = new(StringComparer.Ordinal);

    /// <summary>Calls, and accepts the answer or throws.</summary>
    internal async Task<JsonElement> CallAsync(params string[] argv)
    {
        var environment = new Dictionary<string, string>(sandbox.Environment, StringComparer.Ordinal) { ["SPEC_KITTY_CONTRACT"] = level };
        var result = await Spawn.RunAsync(await PublishedExecutable.PathAsync(), ["orchestrator-api", .. argv], sandbox.Root, environment, limit: Patience);
        Require(result.Stdout.Length is > 0 and <= MostBytes, "the size");
        Require(result.Stdout[^1] == '\n' && result.Stdout.AsSpan().Count((byte)'\n') == 1, "one line");
        RequireKeysOnce(result.Stdout);
        using var document = JsonDocument.Parse(result.Stdout);
        var envelope = document.RootElement.Clone();
        Require(string.Join(' ', envelope.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)) == string.Join(' ', Keys), "the seven keys");
        var version = envelope.GetProperty("contract_version").GetString()!;
        Require(SemVer().IsMatch(version) && version == level, "contract_version");
        Require(envelope.GetProperty("command").GetString() is { Length: > 0 } && envelope.GetProperty("timestamp").TryGetDateTimeOffset(out _), "command and timestamp");
        Require(_correlations.Add(envelope.GetProperty("correlation_id").GetString()!), "a correlation_id of its own");
        var data = envelope.GetProperty("data");
        Require(data.ValueKind == JsonValueKind.Object, "data");
        var success = envelope.GetProperty("success").GetBoolean();
        Require(success == (result.ExitStatus == 0) && success == (envelope.GetProperty("error_code").ValueKind == JsonValueKind.Null), "success, status and error_code agree");
        Require(success || data.GetProperty("message").GetString() is { Length: > 0 }, "a message");
        foreach (var name in new[] { "api_version", "contract_version" })
        {
            Require(!data.TryGetProperty(name, out var same) || same.GetString() == version, $"data.{name}");
        }

        return envelope;

        void Require(bool holds, string what) => Harness.Contract.Holds(holds, $"{what}: [{string.Join(' ', argv)}] {result.ExitStatus} {Encoding.UTF8.GetString(result.Stdout)} {result.StderrText}");
    }

    private static void RequireKeysOnce(ReadOnlySpan<byte> json)
    {
        var objects = new Stack<HashSet<string>>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    Harness.Contract.Holds(objects.Peek().Add(reader.GetString()!), $"the key {reader.GetString()} is there twice");
                    break;
                default:
                    break;
            }
        }
    }

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\z")]
    private static partial Regex SemVer();
}
