using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.HarnessTests;

/// <summary>The reader that checks every answer is as strict as it has to be.</summary>
public sealed class StrictJsonTests
{
    [Test]
    [Arguments("""{"a": 1, "a": 2}""")]
    [Arguments("""{"a": 1, "\u0061": 2}""")]
    [Arguments("""{"x": [{"b": {"c": 1, "c": 1}}]}""")]
    public async Task A_key_twice_in_one_object_is_refused(string text) =>
        await Assert.That(() => StrictJson.Parse(text)).Throws<JsonException>();

    [Test]
    [Arguments("""{"a": 1} {"b": 2}""")]
    [Arguments("""{"a": 1,}""")]
    [Arguments("""{"a": NaN}""")]
    [Arguments("\uFEFF{}")]
    [Arguments("")]
    public async Task Anything_but_one_value_is_refused(string text) =>
        await Assert.That(() => StrictJson.Parse(text)).Throws<JsonException>();

    [Test]
    public async Task Bytes_that_are_not_text_are_refused() =>
        await Assert.That(() => StrictJson.Parse([(byte)'"', 0xFF, (byte)'"'])).Throws<DecoderFallbackException>();

    [Test]
    public async Task One_key_in_two_objects_is_fine() =>
        await Assert.That(StrictJson.Parse("""{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}""").GetProperty("b").GetArrayLength()).IsEqualTo(2);
}
