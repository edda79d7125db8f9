using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Contract.Walk;

/// <summary>Every payload and every field of the schemas is live: written under its key, in its place, from its level on.</summary>
internal sealed class PayloadWalkTests
{
    private static readonly Dictionary<string, JsonElement> Schemas = SchemaFolder.ReadAll("payloads").ToDictionary(static schema => schema.Text("id")!);

    public static IEnumerable<string> Payloads() => Schemas.Values.Where(static schema => schema.Text("kind") != "envelope").Select(static schema => schema.Text("id")!);

    [Test]
    [MethodDataSource(nameof(Payloads))]
    public async Task Every_field_is_written_at_its_place_from_its_level_on(string id)
    {
        var type = TypeOf(id);
        var fields = FieldsOf(id).ToList();
        foreach (var level in Enum.GetValues<ContractLevel>())
        {
            var expected = fields.Where(field => field.Text("since") is not { } since || SchemaFolder.Level(since) <= level).Select(static field => field.Text("name")!);
            await Assert.That(KeysOf((Payload)new FullPayloads().Make(type), level)).IsEquivalentTo(expected, CollectionOrdering.Matching);
        }
    }

    [Test]
    [MethodDataSource(nameof(Payloads))]
    public async Task Every_key_is_there_for_readers(string id)
    {
        var own = Schemas[id].Entries("fields");
        if (own.Count == 0)
        {
            return;
        }

        var keys = typeof(Payload).Assembly.GetType($"SpecKitty.Contract.{TypeOf(id).Name}Fields")!;
        foreach (var field in own)
        {
            string name = SchemaFolder.Pascal(field.Text("name")!);
            await Assert.That(keys.GetProperty(name)).IsNotNull().Because(name);
            if (field.Texts("values") is { Count: > 0 } values)
            {
                await Assert.That((string[])keys.GetProperty(name + "Values")!.GetValue(null)!).IsEquivalentTo(values, CollectionOrdering.Matching);
            }
        }

        await Assert.That(keys.GetField("Required")!.GetRawConstantValue()).IsEqualTo(string.Join(", ", own.Where(static field => !field.Says("optional")).Select(static field => field.Text("name"))));
    }

    [Test]
    public async Task The_envelope_has_its_keys_in_their_order_and_the_tail_in_its_data()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            var tail = (FailureTail)new FullPayloads().Make(typeof(FailureTail));
            EnvelopeWriter.Write(writer, "1.0.0", "c", "t", "i", success: false, null, (Payload)new FullPayloads().Make(typeof(AmbiguousSelectorData)), tail, ContractLevels.Default);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        await Assert.That(Keys(document.RootElement)).IsEquivalentTo(FieldsOf("envelope").Select(static field => field.Text("name")!), CollectionOrdering.Matching);
        await Assert.That(Keys(document.RootElement.GetProperty("data"))).IsEquivalentTo(
            FieldsOf("ambiguous-selector").Concat(FieldsOf("failure-tail")).Select(static field => field.Text("name")!), CollectionOrdering.Matching);
    }

    [Test]
    public async Task Every_policy_field_is_asked_for_and_stored()
    {
        var schema = SchemaFolder.Read("policy");
        var sound = schema.Entries("fields").ToDictionary(static field => field.Text("id")!, static field => field.Text("type") == "string[]" ? (object)new[] { "v" } : "v");
        var policy = PolicyValidator.Validate(JsonSerializer.Serialize(sound), ContractLevels.Highest, out _)!;
        await Assert.That(KeysOf(policy, ContractLevels.Highest)).IsEquivalentTo(sound.Keys.Order(StringComparer.Ordinal), CollectionOrdering.Matching);
        foreach (var field in schema.Entries("fields"))
        {
            string id = field.Text("id")!;
            string without = JsonSerializer.Serialize(sound.Where(pair => pair.Key != id).ToDictionary());
            string mistyped = JsonSerializer.Serialize(new Dictionary<string, object>(sound) { [id] = 1 });
            string secret = JsonSerializer.Serialize(new Dictionary<string, object>(sound) { [id] = field.Text("type") == "string[]" ? new[] { "a " + schema.Texts("secretPatterns")[0] } : "a " + schema.Texts("secretPatterns")[0] });
            await Assert.That(PolicyValidator.Validate(without, ContractLevels.Highest, out string? message) is null).IsEqualTo(field.Says("required"));
            await Assert.That(message).IsEqualTo(field.Says("required") ? schema.GetProperty("messages").Text("missingField")!.Replace("{field}", id, StringComparison.Ordinal) : null);
            await Assert.That(PolicyValidator.Validate(mistyped, ContractLevels.Highest, out _)).IsNull();
            await Assert.That(PolicyValidator.Validate(secret, ContractLevels.Highest, out _)).IsNull();
        }

        foreach (string pattern in schema.Texts("secretPatterns"))
        {
            await Assert.That(PolicyValidator.Validate(JsonSerializer.Serialize(new Dictionary<string, object>(sound) { ["x"] = pattern }), ContractLevels.Highest, out _)).IsNull();
        }

        foreach (var banned in schema.Entries("bannedValues"))
        {
            foreach (string value in banned.Texts("values"))
            {
                string json = JsonSerializer.Serialize(new Dictionary<string, object>(sound) { [banned.Text("field")!] = new[] { value } });
                await Assert.That(PolicyValidator.Validate(json, ContractLevels.Highest, out _)).IsNull();
                await Assert.That(PolicyValidator.Validate(json, ContractLevels.Default, out _)).IsNotNull();
            }
        }
    }

    private static IEnumerable<JsonElement> FieldsOf(string id)
    {
        var schema = Schemas[id];
        foreach (var field in schema.Texts("includes").SelectMany(FieldsOf).Concat(schema.Entries("fields")))
        {
            yield return field;
        }

        if (schema.Text("fieldsFrom") is not null)
        {
            var lanes = Lanes.Displayed.Select(Lanes.Name);
            foreach (string lane in schema.Text("order") is null ? lanes : lanes.Order(StringComparer.Ordinal))
            {
                yield return JsonSerializer.SerializeToElement(new { name = lane });
            }
        }
    }

    private static Type TypeOf(string id) => typeof(Payload).Assembly.GetType(
        $"SpecKitty.Contract.{SchemaFolder.Pascal(id)}{Schemas[id].Text("kind") switch { "result" => "Payload", "failure" => "Data", _ => "" }}")!;

    private static List<string> KeysOf(Payload payload, ContractLevel level)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            payload.WriteMembers(writer, level);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return Keys(document.RootElement);
    }

    private static List<string> Keys(JsonElement value) => [.. value.EnumerateObject().Select(static member => member.Name)];
}
