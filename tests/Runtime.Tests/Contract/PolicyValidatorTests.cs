using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract;

/// <summary>The policy's validator, step by step (HOST §8).</summary>
internal sealed class PolicyValidatorTests
{
    private const string Sound =
        """
        {"orchestrator_id": "o", "orchestrator_version": "1", "agent_family": "claude", "approval_mode": "full_auto",
         "sandbox_mode": "workspace_write", "network_mode": "none", "dangerous_flags": ["--a", ""], "tool_restrictions": null}
        """;

    [Test]
    public async Task A_sound_policy_is_stored_with_its_eight_keys_sorted()
    {
        var policy = PolicyValidator.Validate(With("more", new JsonObject { ["a"] = 1 }), ContractLevel.V1_0_0, out string? message);
        await Assert.That(message).IsNull();
        await Assert.That(Write(policy!)).IsEqualTo(
            """{"agent_family":"claude","approval_mode":"full_auto","dangerous_flags":["--a",""],"network_mode":"none","orchestrator_id":"o","orchestrator_version":"1","sandbox_mode":"workspace_write","tool_restrictions":null}""");
    }

    [Test]
    public async Task An_absent_restriction_is_stored_as_null()
    {
        await Assert.That(Write(PolicyValidator.Validate(Without("tool_restrictions"), ContractLevel.V1_0_0, out _)!)).EndsWith("\"tool_restrictions\":null}");
        await Assert.That(Write(PolicyValidator.Validate(With("tool_restrictions", "none"), ContractLevel.V1_0_0, out _)!)).EndsWith("\"tool_restrictions\":\"none\"}");
    }

    [Test]
    [Arguments("{", "--policy is not valid JSON: line 1 column 2")]
    [Arguments("", "--policy is not valid JSON: line 1 column 1")]
    [Arguments("{\"a\":\n  }", "--policy is not valid JSON: line 2 column 3")]
    [Arguments("[]", "--policy must be a JSON object")]
    [Arguments("null", "--policy must be a JSON object")]
    [Arguments("\"token\"", "--policy must be a JSON object")]
    [Arguments("{}", "--policy missing required field: 'orchestrator_id'")]
    public async Task It_must_be_a_JSON_object(string json, string message) => await Assert.That(Message(json)).IsEqualTo(message);

    [Test]
    public async Task The_fields_are_missed_in_order()
    {
        string[] fields = ["orchestrator_id", "orchestrator_version", "agent_family", "approval_mode", "sandbox_mode", "network_mode", "dangerous_flags"];
        var policy = new JsonObject();
        foreach (string field in fields)
        {
            await Assert.That(Message(policy.ToJsonString())).IsEqualTo($"--policy missing required field: '{field}'");
            policy[field] = 1;
        }

        foreach (string field in fields[..^1])
        {
            await Assert.That(Message(policy.ToJsonString())).IsEqualTo($"--policy.{field} must be a string");
            policy[field] = "";
        }

        await Assert.That(Message(policy.ToJsonString())).IsEqualTo("--policy.dangerous_flags must be a JSON array");
        policy["dangerous_flags"] = new JsonArray("x", 1);
        policy["tool_restrictions"] = 1;
        await Assert.That(Message(policy.ToJsonString())).IsEqualTo("--policy.dangerous_flags entries must be strings");
        policy["dangerous_flags"] = new JsonArray();
        await Assert.That(Message(policy.ToJsonString())).IsEqualTo("--policy.tool_restrictions must be a string or null");
        policy["tool_restrictions"] = "key";
        await Assert.That(Message(policy.ToJsonString())).StartsWith("--policy field 'tool_restrictions' appears to contain a secret");
        policy["tool_restrictions"] = null;
        await Assert.That(Message(policy.ToJsonString())).IsNull();
    }

    [Test]
    [Arguments("--yolo")]
    [Arguments("--full-auto")]
    [Arguments("--dangerously-skip-permissions")]
    [Arguments("--dangerously-bypass-approvals-and-sandbox")]
    public async Task Banned_flags_are_banned_from_1_1_0_on_entry_by_entry(string flag)
    {
        string json = With("dangerous_flags", new JsonArray("--ok", flag, 1));
        await Assert.That(Message(json)).IsEqualTo("--policy.dangerous_flags entries must be strings");
        await Assert.That(Message(json, ContractLevel.V1_1_0)).IsEqualTo(
            $"--policy.dangerous_flags contains a banned flag: '{flag}'. Banned flags must never appear in orchestrator policy payloads.");
        await Assert.That(Message(With("dangerous_flags", new JsonArray(1, flag)), ContractLevel.V1_3_0)).IsEqualTo("--policy.dangerous_flags entries must be strings");
    }

    [Test]
    [Arguments("orchestrator_id", "\"my-TOKEN-abc123\"", "orchestrator_id")]
    [Arguments("dangerous_flags", "[\"--a\",\"--api-key=abc123\"]", "dangerous_flags[1]")]
    [Arguments("extra", "{\"a\":[\"x\",{\"b\":\"PassWord abc123\"}]}", "extra.a[1].b")]
    [Arguments("extra", "[[[\"credentials abc123\"]]]", "extra[0][0][0]")]
    [Arguments("extra", "\"s\\u0065cret abc123\"", "extra")]
    [Arguments("extra", "\"monkey abc123\"", "extra")]
    [Arguments("extra", "\"\\u212aEY abc123\"", "extra")]
    [Arguments("extra", "\"\\u017fecret abc123\"", "extra")]
    [Arguments("extra", "\"credent\\u0131al abc123\"", "extra")]
    public async Task A_secret_is_found_at_any_depth_and_never_repeated(string field, string value, string path)
    {
        string? message = Message(With(field, JsonNode.Parse(value)));
        await Assert.That(message).IsEqualTo(
            $"--policy field '{path}' appears to contain a secret (matched pattern: token|secret|key|password|credential). Do not pass secrets via --policy.");
        await Assert.That(message!).DoesNotContain("abc123");
    }

    [Test]
    public async Task Keys_and_numbers_are_no_secrets()
    {
        await Assert.That(Message(With("api_key", new JsonObject { ["token"] = 1, ["password"] = false }))).IsNull();
        await Assert.That(Message(With("extra", "t-o-k-e-n"))).IsNull();
    }

    [Test]
    public async Task The_first_secret_in_the_document_is_named()
    {
        string json = Sound.Replace("\"1\"", "\"a token\"", StringComparison.Ordinal).Replace("\"none\"", "\"a key\"", StringComparison.Ordinal);
        await Assert.That(Message(json)).Contains("'orchestrator_version'");
    }

    [Test]
    public async Task Of_equal_keys_the_last_counts()
    {
        string json = Sound.Replace("{", "{\"agent_family\": 1, \"extra\": {\"a\": \"key\", \"a\": 2}, ", StringComparison.Ordinal);
        await Assert.That(Message(json)).IsNull();
        await Assert.That(Message(Sound.Replace("}", ", \"agent_family\": 1}", StringComparison.Ordinal))).IsEqualTo("--policy.agent_family must be a string");
        await Assert.That(Message(Sound.Replace("}", ", \"x\": [{\"a\": 1, \"a\": \"key\"}]}", StringComparison.Ordinal))).Contains("'x[0].a'");
    }

    [Test]
    [Arguments("\"\\ud800\"")]
    [Arguments("\"\\udc00 token\"")]
    [Arguments("{\"\\ud83d\": 1}")]
    public async Task Half_a_surrogate_pair_is_refused(string value) =>
        await Assert.That(Message(Sound.Replace("}", $", \"extra\": {value}}}", StringComparison.Ordinal))).IsEqualTo("--policy is not valid JSON: a string is not valid Unicode");

    [Test]
    public async Task Depth_and_size_are_survived()
    {
        await Assert.That(Message(Sound.Replace("}", ", \"extra\": " + new string('[', 10_000) + new string(']', 10_000) + "}", StringComparison.Ordinal))).StartsWith("--policy is not valid JSON: ");
        await Assert.That(Message(new string('[', 100_000))).StartsWith("--policy is not valid JSON: ");
        string wide = string.Join(",", Enumerable.Range(0, 50_000).Select(static i => $"\"k{i}\":\"v\""));
        await Assert.That(Message(Sound.Replace("}", $",{wide}}}", StringComparison.Ordinal))).IsNull();
        await Assert.That(Message(Sound.Replace("\"o\"", "\"" + new string('t', 2_000_000) + "\"", StringComparison.Ordinal))).IsNull();
    }

    [Test]
    public void Any_text_at_all_gets_an_answer() => Gen.OneOf<string>(Gen.String, Gen.OneOf(Sound.Split(' ')).Array[0, 20].Select(static words => string.Join(' ', words)))
        .Sample(static text => PolicyValidator.Validate(text, ContractLevels.Highest, out string? message) is null == message is not null, iter: 5_000);

    private static string? Message(string json, ContractLevel level = ContractLevel.V1_0_0)
    {
        var policy = PolicyValidator.Validate(json, level, out string? message);
        return policy is null == message is not null ? message : throw new InvalidOperationException("either a policy or a message");
    }

    private static string With(string field, JsonNode? value)
    {
        var policy = JsonNode.Parse(Sound)!;
        policy[field] = value;
        return policy.ToJsonString();
    }

    private static string Without(string field)
    {
        var policy = JsonNode.Parse(Sound)!.AsObject();
        policy.Remove(field);
        return policy.ToJsonString();
    }

    private static string Write(Policy policy)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            policy.WriteMembers(writer, ContractLevel.V1_0_0);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
