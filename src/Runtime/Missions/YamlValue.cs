using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>A node of a YAML document. Both readers make it, so that nobody behind them can tell which one read a file.</summary>
internal sealed class YamlValue
{
    private static readonly Items<YamlValue> NoValues = [];
    private readonly string[] _keys = [];

    private YamlValue(YamlKind kind, string text, Items<YamlValue> items)
    {
        Kind = kind;
        Text = text;
        Items = items;
    }

    private YamlValue(string[] keys, Items<YamlValue> values)
        : this(YamlKind.Mapping, "", values) => _keys = keys;

    public static YamlValue Null { get; } = new(YamlKind.Null, "", NoValues);

    public static YamlValue EmptySequence { get; } = new(YamlKind.Sequence, "", NoValues);

    public static YamlValue EmptyMapping { get; } = new([], NoValues);

    public YamlKind Kind { get; }

    /// <summary>A scalar as it reads after unquoting and folding; empty for everything else.</summary>
    public string Text { get; }

    /// <summary>The items of a sequence, or the values of a mapping, in the order of the file.</summary>
    public Items<YamlValue> Items { get; }

    /// <summary>The keys of a mapping that are scalars; one for each of <see cref="Items"/>.</summary>
    public string[] Keys => _keys;

    /// <summary>Python's idea of truth, by which the reference host reads switches: <c>"false"</c> in quotes is true (HOST §1.10).</summary>
    public bool IsTruthy => Kind switch
    {
        YamlKind.Null => false,
        YamlKind.Text => Text.Length != 0,
        YamlKind.Literal => !YamlScalars.IsFalseOrZero(Text),
        _ => Items.Count != 0,
    };

    /// <summary>A string, whatever it looks like.</summary>
    public static YamlValue Of(string text) => new(YamlKind.Text, text, NoValues);

    /// <summary>A scalar that is no string.</summary>
    public static YamlValue Literal(string text) => new(YamlKind.Literal, text, NoValues);

    /// <summary>A scalar without quotes, which is what it looks like.</summary>
    public static YamlValue Plain(string text) => YamlScalars.Resolve(text) switch
    {
        YamlKind.Null => Null,
        YamlKind.Literal => Literal(text),
        _ => Of(text),
    };

    public static YamlValue Sequence(Items<YamlValue> items) => items.Count == 0 ? EmptySequence : new(YamlKind.Sequence, "", items);

    public static YamlValue Mapping(string[] keys, Items<YamlValue> values) => keys.Length == 0 ? EmptyMapping : new(keys, values);

    /// <summary>The value of <paramref name="key"/>, the last one if it stands there twice; null if this has none or is no mapping.</summary>
    public YamlValue? Find(string key)
    {
        for (int i = _keys.Length - 1; i >= 0; i--)
        {
            if (string.Equals(_keys[i], key, StringComparison.Ordinal))
            {
                return Items[i];
            }
        }

        return null;
    }

    /// <summary>Whether <paramref name="key"/> stands here more than once, which YAML forbids.</summary>
    public bool IsRepeated(string key)
    {
        int count = 0;
        foreach (var known in _keys)
        {
            count += string.Equals(known, key, StringComparison.Ordinal) ? 1 : 0;
        }

        return count > 1;
    }
}
