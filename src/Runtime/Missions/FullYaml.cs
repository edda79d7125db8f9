using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using SpecKitty.Contract;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SpecKitty.Missions;

/// <summary>
/// Reads any YAML: the library parses, this puts its events together. Anchors, aliases, merge keys and tags are followed as the
/// reference's reader does; what a small file can use to become a huge one is bounded.
/// </summary>
internal sealed class FullYaml
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 200_000;
    private const int MaxProblem = 200;
    private const string MergeKey = "<<";
    private const string TagPrefix = "tag:yaml.org,2002:";

    private readonly Parser _parser;
    private readonly Dictionary<string, YamlValue> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private string? _problem;

    private FullYaml(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads the one document in <paramref name="text"/>; an empty text is an empty mapping.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="firstLine">The line of the file that <paramref name="text"/> begins with, for <paramref name="problem"/>.</param>
    /// <param name="problem">What is wrong, if the answer is null.</param>
    public static YamlValue? Read(string text, int firstLine, out string? problem)
    {
        var reader = new FullYaml(text);
        try
        {
            var root = reader.ReadDocument();
            problem = reader._problem is { } found ? OneLine(found) : null;
            return problem is null ? root : null;
        }
        catch (YamlException error)
        {
            // The library's way to say that a text is no YAML.
            problem = $"invalid YAML at line {error.Start.Line + firstLine - 1}, column {error.Start.Column}: {OneLine(error.Message)}";
            return null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Its scanner has other exceptions for some texts, such as an item of a flow list that stands left of the list; without them
            // the place is not known, but one odd file still must not end the call.
            problem = $"invalid YAML behind line {(reader._parser.Current?.End.Line ?? 1) + firstLine - 1}";
            return null;
        }
    }

    /// <summary>What is wrong may name something in the file, which may be anything.</summary>
    private static string OneLine(string message)
    {
        var line = new StringBuilder(message, 0, Math.Min(message.Length, MaxProblem), MaxProblem);
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(line[i]) || line[i] is '\u2028' or '\u2029' ? ' ' : line[i];
        }

        return line.ToString();
    }

    private YamlValue? ReadDocument()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is StreamEnd)
        {
            return YamlValue.EmptyMapping;
        }

        _parser.MoveNext();
        var root = ReadNode(0);
        if (root is null)
        {
            return null;
        }

        // Past the node and the document's end.
        _parser.MoveNext();
        if (_parser.Current is DocumentEnd)
        {
            _parser.MoveNext();
        }

        if (_parser.Current is not StreamEnd)
        {
            return Fail("more than one YAML document");
        }

        return root;
    }

    /// <summary>The node that the parser stands on; it is left on the node's last event. Null: see <see cref="_problem"/>.</summary>
    private YamlValue? ReadNode(int depth)
    {
        if (depth > MaxDepth || ++_nodes > MaxNodes)
        {
            return Fail(depth > MaxDepth ? $"nested more than {MaxDepth} deep" : $"more than {MaxNodes} values");
        }

        switch (_parser.Current)
        {
            case AnchorAlias alias:
                return _anchors.TryGetValue(alias.Value.Value, out var known) ? known : Fail($"alias to the unknown anchor '{alias.Value.Value}'");
            case Scalar scalar:
                return Anchor(scalar, FromScalar(scalar));
            case SequenceStart start:
                return ReadSequence(depth) is { } sequence ? Anchor(start, sequence) : null;
            case MappingStart start:
                return ReadMapping(depth) is { } mapping ? Anchor(start, mapping) : null;
            default:
                return Fail("a value was expected");
        }
    }

    private YamlValue? ReadSequence(int depth)
    {
        var items = new Items<YamlValue>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return YamlValue.Sequence(items);
    }

    private YamlValue? ReadMapping(int depth)
    {
        var keys = new List<string>();
        var values = new Items<YamlValue>();
        Items<YamlValue>? merged = null;
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var event_ = _parser.Current as Scalar;
            string? key = event_?.Value;
            bool merges = event_ is { IsPlainImplicit: true, Style: ScalarStyle.Plain, Value: MergeKey };
            if (ReadNode(depth + 1) is not { } keyNode || !_parser.MoveNext() || ReadNode(depth + 1) is not { } value)
            {
                return null;
            }

            if (merges)
            {
                (merged ??= []).Add(value);
            }
            else if (key is not null || keyNode.Kind is YamlKind.Text or YamlKind.Literal)
            {
                keys.Add(key ?? keyNode.Text);
                values.Add(value);
            }
        }

        if (merged is not null)
        {
            var seen = new HashSet<string>(keys, StringComparer.Ordinal);
            foreach (var source in merged)
            {
                if (!Merge(source, seen, keys, values))
                {
                    return null;
                }
            }
        }

        return YamlValue.Mapping(keys.ToArray(), values);
    }

    /// <summary>Adds what a merge key names: a mapping or a list of them. What is there already stays; an earlier mapping wins.</summary>
    private bool Merge(YamlValue source, HashSet<string> seen, List<string> keys, Items<YamlValue> values)
    {
        if (source.Kind == YamlKind.Sequence)
        {
            foreach (var item in source.Items)
            {
                if (item.Kind != YamlKind.Mapping)
                {
                    Fail("a merge key that names no mapping");
                    return false;
                }

                if (!Merge(item, seen, keys, values))
                {
                    return false;
                }
            }

            return true;
        }

        if (source.Kind != YamlKind.Mapping)
        {
            Fail("a merge key that names no mapping");
            return false;
        }

        // Merges can multiply what a file holds; the budget of nodes covers them too.
        _nodes += source.Keys.Length;
        if (_nodes > MaxNodes)
        {
            Fail($"more than {MaxNodes} values");
            return false;
        }

        for (int i = 0; i < source.Keys.Length; i++)
        {
            if (seen.Add(source.Keys[i]))
            {
                keys.Add(source.Keys[i]);
                values.Add(source.Find(source.Keys[i])!);
            }
        }

        return true;
    }

    private static YamlValue FromScalar(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? YamlValue.Plain(scalar.Value) : YamlValue.Of(scalar.Value);
        }

        string tag = scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;
        return tag switch
        {
            "!" or TagPrefix + "str" => YamlValue.Of(scalar.Value),
            TagPrefix + "null" => YamlValue.Null,
            _ => YamlValue.Literal(scalar.Value),
        };
    }

    private YamlValue Anchor(NodeEvent node, YamlValue value)
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = value;
        }

        return value;
    }

    private YamlValue? Fail(string problem)
    {
        _problem ??= problem;
        return null;
    }
}
