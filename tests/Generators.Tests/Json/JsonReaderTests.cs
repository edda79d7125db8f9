using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Generators.Json;

namespace SpecKitty.Generators.Tests.Json;

/// <summary>The generator's own JSON reader, held against the framework's.</summary>
internal sealed class JsonReaderTests
{
    [Test]
    public void What_is_JSON_is_read_as_the_framework_reads_it() => JsonTexts.Valid.Sample(
        static text =>
        {
            var read = JsonReader.Read(text);
            using var document = JsonDocument.Parse(text);
            return read.Error is null && Same(read.Root, document.RootElement);
        },
        iter: 5_000);

    [Test]
    public void What_is_written_again_reads_the_same() => JsonTexts.Valid.Sample(
        static text =>
        {
            var read = JsonReader.Read(text).Root;
            return Write(JsonReader.Read(Write(read)).Root) == Write(read);
        },
        iter: 2_000);

    [Test]
    public void Every_value_stands_where_it_says() => JsonTexts.Valid.Sample(static text => Stands(text, JsonReader.Read(text).Root), iter: 2_000);

    [Test]
    public void Damage_is_found_exactly_where_the_framework_finds_it_to_be_damage() => JsonTexts.Damaged.Sample(
        static text =>
        {
            var error = JsonReader.Read(text).Error;
            return error is null == IsJson(text) && (error is null || (error.Span.Start >= 0 && error.Span.End <= text.Length));
        },
        iter: 20_000);

    [Test]
    public void Any_text_at_all_is_survived() => Gen.Char.Array[0, 60].Sample(static chars => JsonReader.Read(new string(chars)).Root is not null, iter: 20_000);

    [Test]
    [Arguments("""{ "a": 1 "b": 2 }""", "a b")]
    [Arguments("""{ "a": 1,, "b": 2, }""", "a b")]
    [Arguments("""{ "a": [1, 2 "b": 2 }""", "a")]
    [Arguments("{ \"a\": \"x,\n \"b\": 2 }", "a b")]
    [Arguments("""{ a: 1, "b": 2 }""", "b")]
    [Arguments("""{ "a" 1, "b": 2 }""", "a b")]
    [Arguments("""{ "a": , "b": 2 }""", "a b")]
    [Arguments("""{ "a": 1, "b": 2 ] }""", "a b")]
    [Arguments("""{ "a": 1, "b": 2""", "a b")]
    [Arguments("{ // one\n \"a\": 1, \"b\": 2 }", "a b")]
    public async Task Behind_a_slip_the_rest_is_read(string text, string members)
    {
        var read = JsonReader.Read(text);
        await Assert.That(read.Error).IsNotNull();
        await Assert.That(string.Join(' ', read.Root.Members.Select(static member => member.Name))).IsEqualTo(members);
    }

    [Test]
    [Arguments("[\0]")]
    [Arguments("{\0}")]
    [Arguments("{\"a\":\0}")]
    [Arguments("[\"a\\")]
    [Arguments("\"\\u004\0\"")]
    public async Task A_NUL_in_the_text_is_not_its_end(string text) => await Assert.That(JsonReader.Read(text).Error).IsNotNull();

    [Test]
    public async Task Depth_has_a_limit()
    {
        await Assert.That(JsonReader.Read(Nested(JsonReader.MaxDepth)).Error).IsNull();
        await Assert.That(JsonReader.Read(Nested(JsonReader.MaxDepth + 1)).Error!.Span.Start).IsEqualTo(JsonReader.MaxDepth);
        await Assert.That(JsonReader.Read(new string('[', 1_000_000)).Error).IsNotNull();
        await Assert.That(JsonReader.Read(string.Concat(Enumerable.Repeat("{\"a\":", 1_000_000))).Error).IsNotNull();
    }

    [Test]
    [Arguments("1 2", 2)]
    [Arguments("[1, 01]", 4)]
    [Arguments("[1.]", 1)]
    [Arguments("\"\\x\"", 1)]
    [Arguments("\"\\ud800\"", 0)]
    [Arguments("\"a\tb\"", 2)]
    [Arguments("\ufeff{}", 0)]
    [Arguments("[NaN]", 1)]
    [Arguments("", 0)]
    public async Task Errors_point_at_the_place(string text, int start) => await Assert.That(JsonReader.Read(text).Error!.Span.Start).IsEqualTo(start);

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return !text.Contains("\\ud", StringComparison.OrdinalIgnoreCase) || HasWholePairs(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The framework lets half a surrogate pair pass until the string is asked for.</summary>
    private static bool HasWholePairs(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(HasWholePairs),
                JsonValueKind.Object => element.EnumerateObject().All(static member => member.Name is not null && HasWholePairs(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Same(JsonValue value, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => value.Kind == JsonKind.String && value.Text == element.GetString(),
        JsonValueKind.Number => value.Kind == JsonKind.Number && value.Text == element.GetRawText(),
        JsonValueKind.True or JsonValueKind.False => value.Kind == JsonKind.Boolean && value.Flag == element.GetBoolean(),
        JsonValueKind.Null => value.Kind == JsonKind.Null,
        JsonValueKind.Array => value.Kind == JsonKind.Array && value.Items.Count == element.GetArrayLength()
            && value.Items.Zip(element.EnumerateArray()).All(static pair => Same(pair.First, pair.Second)),
        _ => value.Kind == JsonKind.Object && value.Members.Count == element.EnumerateObject().Count()
            && value.Members.Zip(element.EnumerateObject()).All(static pair => pair.First.Name == pair.Second.Name && Same(pair.First.Value, pair.Second.Value)),
    };

    private static bool Stands(string text, JsonValue value)
    {
        string written = text.Substring(value.Span.Start, value.Span.Length);
        return value.Kind switch
        {
            JsonKind.String => written[0] == '"' && written[^1] == '"' && JsonReader.Read(written).Root.Text == value.Text,
            JsonKind.Number => written == value.Text,
            JsonKind.Boolean => written == (value.Flag ? "true" : "false"),
            JsonKind.Null => written == "null",
            JsonKind.Array => written[0] == '[' && written[^1] == ']' && value.Items.All(item => Stands(text, item)),
            JsonKind.Object => written[0] == '{' && written[^1] == '}'
                && value.Members.All(member => text[member.NameSpan.Start] == '"' && text[member.NameSpan.End - 1] == '"' && Stands(text, member.Value)),
            _ => false,
        };
    }

    private static string Write(JsonValue value) => value.Kind switch
    {
        JsonKind.String => JsonTexts.Quote(value.Text),
        JsonKind.Number => value.Text,
        JsonKind.Boolean => value.Flag ? "true" : "false",
        JsonKind.Array => "[" + string.Join(",", value.Items.Select(Write)) + "]",
        JsonKind.Object => "{" + string.Join(",", value.Members.Select(static member => JsonTexts.Quote(member.Name) + ":" + Write(member.Value))) + "}",
        _ => "null",
    };
}
