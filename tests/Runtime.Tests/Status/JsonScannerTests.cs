using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class JsonScannerTests
{
    [Test]
    public async Task What_only_Python_takes_is_taken()
    {
        foreach (string good in (string[])["NaN", "Infinity", "-Infinity", "[NaN, -Infinity]", "\"\\ud800\"", "{\"a\": Infinity}", "0e0", "-0", "1E+9", "\"\x7f\"", "\" \""])
        {
            await Assert.That(IsValue(good)).IsTrue().Because(good);
        }
    }

    [Test]
    public async Task What_is_no_JSON_is_not()
    {
        foreach (string bad in (string[])["", "nan", "-", "-NaN", "+1", "01", "1.", ".5", "1e", "1e+", "'a'", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\t\"", "\"\0\"", "[", "]",
            "[1", "[1,", "[1,]", "[,1]", "{", "{\"a\"", "{\"a\":", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{1:1}", "[1}", "{\"a\":1]", "tru", "truefalse", "1 2", "[] []", "\uFEFF{}"])
        {
            await Assert.That(IsValue(bad)).IsFalse().Because(bad);
        }
    }

    [Test]
    public async Task Nesting_has_an_end_and_no_stack()
    {
        await Assert.That(IsValue(new string('[', 1000) + new string(']', 1000))).IsTrue();
        await Assert.That(IsValue(new string('[', 1001) + new string(']', 1001))).IsFalse();
        await Assert.That(IsValue(new string('[', 1_000_000))).IsFalse();
        string deep = string.Concat(System.Linq.Enumerable.Repeat("{\"a\":[", 500));
        string end = string.Concat(System.Linq.Enumerable.Repeat("]}", 500));
        await Assert.That(IsValue(deep + "1" + end)).IsTrue();
        await Assert.That(IsValue(deep + "1}" + end)).IsFalse();
        await Assert.That(IsTooDeep(new string('[', 100_000))).IsTrue();
    }

    /// <summary>JSON made at random, then perhaps damaged: the framework's reader and this one must agree.</summary>
    [Test]
    public void It_agrees_with_the_framework_on_any_text()
    {
        var pieces = Gen.OneOf(
            Pick("{", "}", "[", "]", ",", ":", "\"", "\\", "true", "null", "0", "-1", "1.5e3", "\"a\"", "\"\\n\"", "\"\\u00e9\"", " ", "\t", "\r", "\"a\": ", "[1, 2]", "{\"a\": {}}", "\u0001", "x", "é"));
        var value = Gen.Recursive<string>((depth, inner) => depth > 4
            ? Pick("1", "\"x\"", "null", "{}", "[]")
            : Gen.OneOf(
                Pick("true", "false", "null", "12", "-0.5", "1e9", "\"\"", "\"a\\\"b\"", "\"é\""),
                inner.List[0, 4].Select(items => "[" + string.Join(", ", items) + "]"),
                inner.List[0, 4].Select(items => "{" + string.Join(",", items.ConvertAll(i => "\"k\" : " + i)) + "}")));
        var damaged =
            from text in value
            from at in Gen.Int[0, 200]
            from piece in pieces
            from kind in Gen.Int[0, 3]
            select kind switch
            {
                0 => text,
                1 => text.Insert(at % (text.Length + 1), piece),
                2 => text[..(at % (text.Length + 1))],
                _ => text.Remove(at % Math.Max(text.Length, 1), Math.Min(1, text.Length)),
            };
        Gen.OneOf(damaged, pieces.List[0, 8].Select(string.Concat)).Sample(text => IsValue(text) == FrameworkTakes(text), iter: 50_000);
    }

    private static bool IsValue(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var scanner = new JsonScanner(bytes, noControls: false);
        bool good = scanner.TryValue(out var value) && scanner.AtEnd();
        if (good && Encoding.UTF8.GetString(bytes.AsSpan(value.Start, value.Length)) != text.Trim(' ', '\t', '\r', '\n'))
        {
            throw new InvalidOperationException("the value is not where it is");
        }

        return good;
    }

    private static bool IsTooDeep(string text)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(text), noControls: true);
        return !scanner.TryValue(out _) && scanner.IsTooDeep;
    }

    private static bool FrameworkTakes(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
