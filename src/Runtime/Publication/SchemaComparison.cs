using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>
/// Compares the definitions of two documents. What a caller sends (argv, the policy) must still be accepted, and what it is sent must still be what the old
/// document said: the same change may break the one and widen the other. A keyword that this does not know breaks when it changes.
/// </summary>
/// <param name="old">The definitions of the old document.</param>
/// <param name="now">Those of the new one.</param>
/// <param name="found">Takes every difference.</param>
internal sealed class SchemaComparison(JsonElement old, JsonElement now, Action<bool, string, string> found)
{
    private const string Required = "required";
    private const string Properties = "properties";

    private readonly HashSet<string> _resolving = new(StringComparer.Ordinal);

    /// <summary>Finds every difference.</summary>
    public void Run()
    {
        foreach (var definition in old.EnumerateObject())
        {
            if (now.TryGetProperty(definition.Name, out var newer))
            {
                Compare(definition.Name, definition.Value, newer, IsInput(definition.Name));
            }
            else if (IsPromised(definition.Name))
            {
                Add(true, Named(definition.Name), "removed");
            }
        }

        foreach (var definition in now.EnumerateObject())
        {
            if (!old.TryGetProperty(definition.Name, out _) && IsPromised(definition.Name))
            {
                Add(false, Named(definition.Name), "added");
            }
        }
    }

    private static bool IsInput(string definition) => definition.EndsWith(".argv", StringComparison.Ordinal) || definition == "policy";

    /// <summary>Commands, causes and documents are promises; what they are put together from is compared where they refer to it.</summary>
    private static bool IsPromised(string definition) =>
        !definition.Contains('.', StringComparison.Ordinal) || definition.StartsWith("cause.", StringComparison.Ordinal) || definition.StartsWith("event.", StringComparison.Ordinal);

    private static string Named(string definition) =>
        definition.StartsWith("cause.", StringComparison.Ordinal) ? "code " + definition["cause.".Length..] : definition;

    private void Add(bool isBreaking, string where, string what) => found(isBreaking, where, what);

    private void Compare(string where, JsonElement before, JsonElement after, bool isInput)
    {
        if (AreSame(before, after))
        {
            return;
        }

        if (before.ValueKind != JsonValueKind.Object || after.ValueKind != JsonValueKind.Object)
        {
            // false and true: nothing, and anything.
            bool widens = before.ValueKind == JsonValueKind.False || after.ValueKind == JsonValueKind.True;
            Add(widens != isInput, where, widens ? "may be anything now" : "is closed now");
            return;
        }

        if (Refers(before) || Refers(after))
        {
            CompareResolved(where, before, after, isInput);
            return;
        }

        CompareTypes(where, before, after, isInput);
        CompareValues(where, before, after, isInput);
        CompareProperties(where, before, after, isInput);
        CompareRequired(where, before, after, isInput);
        CompareAlternatives(where, before, after, isInput);
        ComparePattern(where, before, after, isInput);
        CompareSince(where, before, after);
        CompareRest(where, before, after, isInput);
    }

    private static bool Refers(JsonElement schema) => schema.TryGetProperty("$ref", out _);

    /// <summary>A reference to the same name is compared at that definition; else what the two lead to is compared here.</summary>
    private void CompareResolved(string where, JsonElement before, JsonElement after, bool isInput)
    {
        CompareSince(where, before, after);
        string left = Reference(before);
        string right = Reference(after);
        string both = left + " " + right;
        if (left == right || !_resolving.Add(both))
        {
            return;
        }

        Compare(where, Resolve(before, old), Resolve(after, now), isInput);
        _resolving.Remove(both);
    }

    private static string Reference(JsonElement schema) => schema.TryGetProperty("$ref", out var reference) ? reference.GetString() ?? "" : schema.GetRawText();

    private static JsonElement Resolve(JsonElement schema, JsonElement definitions)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference)
            && definitions.TryGetProperty((reference.GetString() ?? "").Replace(FieldSchema.Definitions, "", StringComparison.Ordinal), out var target))
        {
            schema = target;
        }

        return schema;
    }

    private void CompareTypes(string where, JsonElement before, JsonElement after, bool isInput)
    {
        var left = Texts(before, "type");
        var right = Texts(after, "type");
        if (left.SetEquals(right))
        {
            return;
        }

        // A constant or a list of values says more than a type.
        if (left.Count == 0 || right.Count == 0)
        {
            if (Values(before).Count == 0 && Values(after).Count == 0)
            {
                Add(isInput ? left.Count == 0 : right.Count == 0, where, $"was {Listed(left)}, is {Listed(right)}");
            }

            return;
        }

        bool widens = !right.IsSubsetOf(left);
        bool narrows = !left.IsSubsetOf(right);
        string what = widens && !narrows && right.Contains("null") && !left.Contains("null") ? "may be null now" : $"was {Listed(left)}, is {Listed(right)}";
        Add(isInput ? narrows : widens, where, what);
    }

    private void CompareValues(string where, JsonElement before, JsonElement after, bool isInput)
    {
        var left = Values(before);
        var right = Values(after);
        if (left.Count == 0 || right.Count == 0)
        {
            if (left.Count != right.Count)
            {
                Add(left.Count == 0 == isInput, where, left.Count == 0 ? $"is one of {Listed(right)} now" : "may have any value now");
            }

            return;
        }

        foreach (string value in left)
        {
            if (!right.Contains(value))
            {
                Add(true, where, $"{value} is gone");
            }
        }

        foreach (string value in right)
        {
            if (!left.Contains(value))
            {
                // A value that a caller has never seen breaks it, unless the old contract knew it: a code that another command may give.
                bool isKnown = old.TryGetProperty("code." + value, out _);
                Add(!isInput && !isKnown, where, $"{value} is new");
            }
        }
    }

    private void CompareProperties(string where, JsonElement before, JsonElement after, bool isInput)
    {
        if (before.TryGetProperty(Properties, out var left))
        {
            foreach (var member in left.EnumerateObject())
            {
                if (HasProperty(after, member.Name, out var newer))
                {
                    Compare($"{where} {member.Name}", member.Value, newer, isInput);
                }
                else
                {
                    Add(true, $"{where} {member.Name}", "removed");
                }
            }
        }

        if (after.TryGetProperty(Properties, out var right))
        {
            foreach (var member in right.EnumerateObject())
            {
                if (!HasProperty(before, member.Name, out _))
                {
                    Add(false, $"{where} {member.Name}", "added");
                }
            }
        }
    }

    private void CompareRequired(string where, JsonElement before, JsonElement after, bool isInput)
    {
        var left = Texts(before, Required);
        var right = Texts(after, Required);
        foreach (string name in right)
        {
            if (!left.Contains(name))
            {
                Add(isInput, $"{where} {name}", isInput ? "is required now" : "is always there now");
            }
        }

        foreach (string name in left)
        {
            // What is gone altogether has been said to be.
            if (!right.Contains(name) && HasProperty(after, name, out _))
            {
                Add(!isInput, $"{where} {name}", isInput ? "may be left out now" : "may be absent now");
            }
        }
    }

    private void CompareAlternatives(string where, JsonElement before, JsonElement after, bool isInput)
    {
        foreach (string keyword in (ReadOnlySpan<string>)["oneOf", "anyOf"])
        {
            var left = Alternatives(before, keyword);
            var right = Alternatives(after, keyword);
            for (int i = 0; i < left.Length; i++)
            {
                string name = NameOf(left[i]);
                if (IndexOf(right, name) is >= 0 and var found)
                {
                    Compare(where, left[i], right[found], isInput);
                }
                else if (right.Length > 0)
                {
                    // A cause that is still there appears under another code now.
                    bool isMoved = name.StartsWith("cause.", StringComparison.Ordinal) && now.TryGetProperty(name, out _);
                    Add(isInput || isMoved, where, isMoved ? $"{Named(name)} appears as another code now" : $"{Named(name)} is gone");
                }
            }

            for (int i = 0; i < right.Length; i++)
            {
                string name = NameOf(right[i]);
                if (IndexOf(left, name) < 0)
                {
                    // What the list gains by a new command, cause or kind of row has been said of that one.
                    bool isNull = name == "null";
                    Add(!isInput && (isNull || left.Length == 0), where, isNull ? "may be null now" : $"{Named(name)} is new");
                }
            }
        }
    }

    private void ComparePattern(string where, JsonElement before, JsonElement after, bool isInput)
    {
        string? left = Text(before, "pattern");
        string? right = Text(after, "pattern");
        if (left != right)
        {
            Add((left is not null && right is not null) || left is null == isInput, where, right is null ? "may look like anything now" : $"must look like {right} now");
        }
    }

    private void CompareSince(string where, JsonElement before, JsonElement after)
    {
        string left = Text(before, "x-since") ?? "the first level";
        string right = Text(after, "x-since") ?? "the first level";
        if (left != right)
        {
            Add(true, where, $"was there since {left}, is since {right}");
        }
    }

    private void CompareRest(string where, JsonElement before, JsonElement after, bool isInput)
    {
        foreach (var member in before.EnumerateObject())
        {
            CompareKeyword(where, member.Name, before, after, isInput);
        }

        foreach (var member in after.EnumerateObject())
        {
            if (!before.TryGetProperty(member.Name, out _))
            {
                CompareKeyword(where, member.Name, before, after, isInput);
            }
        }
    }

    private void CompareKeyword(string where, string keyword, JsonElement before, JsonElement after, bool isInput)
    {
        if (keyword is "type" or "const" or "enum" or Properties or Required or "oneOf" or "anyOf" or "pattern" or "x-since" or "$ref" || IsNote(keyword))
        {
            return;
        }

        bool has = before.TryGetProperty(keyword, out var left);
        bool hasNow = after.TryGetProperty(keyword, out var right);
        if (has && hasNow && keyword is "items" or "additionalProperties" or "then" or "contentSchema")
        {
            Compare(keyword == "items" ? where + "[]" : where, left, right, isInput);
        }
        else if (keyword == "additionalProperties")
        {
            Add(has != isInput, where, has ? "may have other members now" : "has no other members now");
        }
        else if (!has || !hasNow || !AreSame(left, right))
        {
            Add(true, where, $"{keyword} changed");
        }
    }

    /// <summary>Words for people, and defaults of tools: no promise.</summary>
    private static bool IsNote(string keyword) => keyword is "description" or "title" or "$comment" or "contentMediaType" or "if";

    /// <summary>Whether two values are the same but for white space. (Documents of ours have their members in one order.)</summary>
    private static bool AreSame(JsonElement left, JsonElement right) => Compact(left).AsSpan().SequenceEqual(Compact(right));

    private static byte[] Compact(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            value.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Listed(HashSet<string> values) => values.Count == 0 ? "anything" : string.Join(" or ", values);

    private static string? Text(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var value) ? value.GetString() : null;

    private static HashSet<string> Texts(JsonElement schema, string keyword)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return texts;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            texts.Add(value.ToString());
            return texts;
        }

        foreach (var item in value.EnumerateArray())
        {
            texts.Add(item.ToString());
        }

        return texts;
    }

    private static HashSet<string> Values(JsonElement schema)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        if (schema.TryGetProperty("const", out var value))
        {
            shown.Add(Shown(value));
        }
        else if (schema.TryGetProperty("enum", out var values))
        {
            foreach (var item in values.EnumerateArray())
            {
                shown.Add(Shown(item));
            }
        }

        return shown;
    }

    private static string Shown(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static bool HasProperty(JsonElement schema, string name, out JsonElement property)
    {
        property = default;
        return schema.TryGetProperty(Properties, out var members) && members.TryGetProperty(name, out property);
    }

    private static JsonElement[] Alternatives(JsonElement schema, string keyword)
    {
        if (!schema.TryGetProperty(keyword, out var alternatives))
        {
            return [];
        }

        var all = new JsonElement[alternatives.GetArrayLength()];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = alternatives[i];
        }

        return all;
    }

    private static int IndexOf(JsonElement[] alternatives, string name)
    {
        int i = alternatives.Length - 1;
        while (i >= 0 && NameOf(alternatives[i]) != name)
        {
            i--;
        }

        return i;
    }

    /// <summary>What makes an alternative: the definition that it refers to, the code that it is about, or that it is null.</summary>
    private static string NameOf(JsonElement alternative) =>
        alternative.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Replace(FieldSchema.Definitions, "", StringComparison.Ordinal)
        : HasProperty(alternative, EnvelopeKeys.ErrorCode, out var code) ? Shown(code.GetProperty("const"))
        : Text(alternative, "type") ?? alternative.GetRawText();
}
