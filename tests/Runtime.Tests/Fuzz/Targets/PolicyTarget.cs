using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>
/// <c>--policy</c>: the generated validator against HOST §8 written out, at every level; what is refused is not repeated; what is accepted is stored as its eight
/// keys, and the row that has it is read back as it was given.
/// </summary>
internal sealed class PolicyTarget : FuzzTarget
{
    private const string Sound =
        """{"orchestrator_id": "o", "orchestrator_version": "1", "agent_family": "claude", "approval_mode": "full_auto", "sandbox_mode": "workspace_write", "network_mode": "none", "dangerous_flags": ["--a", ""], "tool_restrictions": null}""";

    private static readonly string[] Fields = ["orchestrator_id", "orchestrator_version", "agent_family", "approval_mode", "sandbox_mode", "network_mode", "dangerous_flags"];
    private static readonly string[] Banned = ["--full-auto", "--yolo", "--dangerously-bypass-approvals-and-sandbox", "--dangerously-skip-permissions"];

    /// <summary>Python's IGNORECASE makes more letters alike than .NET's does.</summary>
    private static readonly Regex Secret = new("[tT][oO][kK\u212A][eE][nN]|[sS\u017F][eE][cC][rR][eE][tT]|[kK\u212A][eE][yY]|[pP][aA][sS\u017F][sS\u017F][wW][oO][rR][dD]|[cC][rR][eE][dD][eE][nN][tT][iI\u0130\u0131][aA][lL]");

    public override string Name => "policy";

    public override IReadOnlyList<string> Words { get; } =
    [
        .. Fields.Select(static field => $", \"{field}\": "), .. Banned.Select(static flag => $"\"{flag}\""), "\"tool_restrictions\": \"x\"", "\"hunter2 token\"", "\"sEcReT hunter2\"", "\"\u212Aey hunter2\"", "\"pass\\u0077ord hunter2\"",
        "\"credent\u0131al hunter2\"", "\"a\": {\"b\": [\"key hunter2\"]}", "\"\\u017fecret\"", "[]", "{}", "\"x\"",
    ];

    protected override IEnumerable<string> Texts { get; } =
    [
        Sound, "{}", "[]", "", Sound[..^1] + ", \"extra\": {\"a\": [1, {\"b\": \"c\"}]}}", Sound.Replace("null", "\"none\"", StringComparison.Ordinal), Sound.Replace("\"--a\"", "\"--yolo\"", StringComparison.Ordinal),
        Sound.Replace("\"1\"", "\"a token hunter2\"", StringComparison.Ordinal), Sound.Replace("claude", "J\\u00fcrgen \U0001F431 é", StringComparison.Ordinal), Sound[..^1] + ", \"hostname\": \"h\", \"agent_family\": \"last\"}",
    ];

    public override string Run(byte[] input)
    {
        string json = Encoding.UTF8.GetString(input);
        string answer = "";
        foreach (var level in (ContractLevel[])[ContractLevel.V1_0_0, ContractLevel.V1_3_0])
        {
            var policy = PolicyValidator.Validate(json, level, out string? message);
            Require(policy is null == message is not null, "neither a policy nor a message, or both");
            string? model = Model(json, level, out var value);
            if (model != "?")
            {
                Same(message?.StartsWith("--policy is not valid JSON: ", StringComparison.Ordinal) == true ? "no JSON" : message, model, "the validator says");
            }

            if (message is not null)
            {
                RequireOneLine(message, json);
            }
            else
            {
                Stored(policy!, value);
            }

            answer += message is null ? "sound " + value.GetPropertyCount() : Kind(message);
        }

        return answer;
    }

    /// <summary>Keys are repeated, and flags that are banned; what may be a secret never is.</summary>
    private static void RequireOneLine(string message, string json) =>
        Require(!message.Contains("hunter2", StringComparison.Ordinal) || Regex.IsMatch(json, "hunter2([^\"\\\\]|\\\\.)*\"\\s*:"), "a value is repeated: " + message);

    private static string? Model(string json, ContractLevel level, out JsonElement value)
    {
        value = default;
        try
        {
            value = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 }).RootElement;
            if (PythonJsonOrder.HasBrokenText(value))
            {
                return "no JSON";
            }
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            return "no JSON";
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return "--policy must be a JSON object";
        }

        var policy = value;
        if (Fields.FirstOrDefault(field => !policy.TryGetProperty(field, out _)) is { } missing)
        {
            return $"--policy missing required field: '{missing}'";
        }

        if (Fields[..^1].FirstOrDefault(field => policy.GetProperty(field).ValueKind != JsonValueKind.String) is { } wrong)
        {
            return $"--policy.{wrong} must be a string";
        }

        if (policy.GetProperty("dangerous_flags") is var flags && flags.ValueKind != JsonValueKind.Array)
        {
            return "--policy.dangerous_flags must be a JSON array";
        }

        foreach (var flag in flags.EnumerateArray())
        {
            if (flag.ValueKind != JsonValueKind.String)
            {
                return "--policy.dangerous_flags entries must be strings";
            }

            if (level >= ContractLevel.V1_1_0 && Banned.Contains(flag.GetString()))
            {
                return $"--policy.dangerous_flags contains a banned flag: '{flag.GetString()}'. Banned flags must never appear in orchestrator policy payloads.";
            }
        }

        if (policy.TryGetProperty("tool_restrictions", out var tools) && tools.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            return "--policy.tool_restrictions must be a string or null";
        }

        return FirstSecret(value, "") is { } path
            ? $"--policy field '{path}' appears to contain a secret (matched pattern: token|secret|key|password|credential). Do not pass secrets via --policy."
            : null;
    }

    private static string? FirstSecret(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return Secret.IsMatch(value.GetString()!) ? path : null;
            case JsonValueKind.Array:
                return value.EnumerateArray().Select((item, i) => FirstSecret(item, $"{path}[{i}]")).FirstOrDefault(static found => found is not null);
            case JsonValueKind.Object:
                // As a Python dict: the first of equal keys has the place, the last the value.
                return value.EnumerateObject().Select(static member => member.Name).Distinct(StringComparer.Ordinal)
                    .Select(name => FirstSecret(value.GetProperty(name), path.Length == 0 ? name : $"{path}.{name}")).FirstOrDefault(static found => found is not null);
            default:
                return null;
        }
    }

    private static void Stored(Policy policy, JsonElement given)
    {
        var stored = WrittenRows.Read(new LaneMove { WpId = "WP01", From = Lane.Planned, To = Lane.Claimed, Actor = "a", PolicyMetadata = policy }).GetProperty("policy_metadata");
        Require(stored.GetPropertyCount() == 8, "not eight keys: " + stored.GetRawText());
        foreach (string field in (string[])[.. Fields, "tool_restrictions"])
        {
            string expected = given.TryGetProperty(field, out var value) ? PythonJsonOrder.Canonical(value) : "null";
            Same(PythonJsonOrder.Canonical(stored.GetProperty(field)), expected, field + " is stored as");
        }
    }
}
