using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract;

/// <summary>
/// Two ways to write a payload, the generated writer and the framework's context, keep each other honest. They also prove that the
/// framework's generator sees what ours makes.
/// </summary>
internal sealed class WriterAndContextTests
{
    public static IEnumerable<Type> Types() => PayloadSamples.Types;

    [Test]
    [MethodDataSource(nameof(Types))]
    public void Both_write_the_same_bytes(Type type) => Gen.Int.Sample(
        seed =>
        {
            object payload = new PayloadSamples(new Random(seed)).Make(type);
            string written = Write((Payload)payload);
            string serialized = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(payload, type, SpecKittyJsonContext.Default));
            return WithoutPayloads(written, type) == serialized ? true : throw new InvalidOperationException($"{written}\n{serialized}");
        },
        iter: 200);

    [Test]
    public async Task The_context_has_every_payload()
    {
        await Assert.That(PayloadSamples.Types.Count).IsGreaterThan(40);
        foreach (var type in PayloadSamples.Types)
        {
            await Assert.That(SpecKittyJsonContext.Default.GetTypeInfo(type)).IsNotNull().Because(type.Name);
        }
    }

    [Test]
    [Arguments("""{"reference":"r","reviewer":"who","verdict":"approved"}""")]
    public async Task The_context_reads_what_it_writes(string json)
    {
        var result = JsonSerializer.Deserialize(json, SpecKittyJsonContext.Default.ReviewResult)!;
        await Assert.That(result.Reviewer).IsEqualTo("who");
        await Assert.That(JsonSerializer.Serialize(result, SpecKittyJsonContext.Default.ReviewResult)).IsEqualTo(json);
    }

    /// <summary>A field that may hold any payload is written by the writer alone; the samples leave it null, or without members.</summary>
    private static string WithoutPayloads(string json, Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (property.PropertyType == typeof(Payload))
            {
                foreach (string empty in new[] { "null", "{}" })
                {
                    string member = $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}\":{empty}";
                    json = json.Replace(member + ",", "", StringComparison.Ordinal).Replace("," + member, "", StringComparison.Ordinal);
                }
            }
            else if (PayloadSamples.Types.Contains(property.PropertyType))
            {
                json = WithoutPayloads(json, property.PropertyType);
            }
        }

        return json;
    }

    private static string Write(Payload payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            payload.WriteMembers(writer, ContractLevels.Highest);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
