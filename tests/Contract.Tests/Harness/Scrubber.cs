using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>
/// Replaces what differs from run to run by names that keep identity: equal values get equal names, different ones different names.
/// In this order: the sandbox's path, the values of known JSON members, then what looks like a time, an id or a commit.
/// What the test wrote itself is no accident and stays.
/// </summary>
internal sealed partial class Scrubber
{
    private static readonly HashSet<string> TimeMembers = new(StringComparer.Ordinal)
        { "timestamp", "at", "last_transition_at", "materialized_at", "accepted_at" };

    private static readonly HashSet<string> IdMembers = new(StringComparer.Ordinal)
        { "correlation_id", "event_id", "last_event_id", "history_entry_id" };

    private readonly string _top;
    private readonly string _root;
    private readonly IReadOnlySet<string> _known;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    internal Scrubber(string top, string root, IReadOnlySet<string> known)
    {
        _top = top;
        _root = root;
        _known = known;
    }

    /// <summary>Names the values of the known members of a JSON text, in the order in which they stand there.</summary>
    internal void Learn(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Learn(document.RootElement);
        }
        catch (JsonException)
        {
            // Not JSON: what is volatile in it is found by its look.
        }
    }

    internal string Scrub(string text)
    {
        text = text.Replace(_root, "{root}", StringComparison.Ordinal).Replace(_top, "{top}", StringComparison.Ordinal);
        foreach (var (value, name) in _names.OrderByDescending(pair => pair.Key.Length).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray())
        {
            text = text.Replace(value, name, StringComparison.Ordinal);
        }

        // Two of one second are equal by accident, so these keep no identity.
        text = SecondForm().Replace(text, match => _known.Contains(match.Value) ? match.Value : "{second}");
        text = TimeForm().Replace(text, match => Name("time", match.Value));
        text = IdForm().Replace(text, match => Name("id", match.Value));
        return CommitForm().Replace(text, match => Name("commit", match.Value));
    }

    private void Learn(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (member.Value.ValueKind == JsonValueKind.String && TimeMembers.Contains(member.Name) && member.Value.GetString()!.Length > 0)
                    {
                        Name("time", member.Value.GetString()!);
                    }
                    else if (member.Value.ValueKind == JsonValueKind.String && IdMembers.Contains(member.Name))
                    {
                        Name("id", member.Value.GetString()!);
                    }
                    else
                    {
                        Learn(member.Value);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Learn(item);
                }

                break;
            default:
                break;
        }
    }

    private string Name(string kind, string value)
    {
        if (_known.Contains(value))
        {
            return value;
        }

        if (!_names.TryGetValue(value, out var name))
        {
            var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            name = string.Create(CultureInfo.InvariantCulture, $"{{{kind}_{number}}}");
            _names[value] = name;
        }

        return name;
    }

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex SecondForm();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"\b(?:corr-[0-9a-f]{32}|hist-[0-9a-f]{32}|[0-7][0-9A-HJKMNP-TV-Z]{25})\b")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"\b[0-9a-f]{40}\b")]
    private static partial Regex CommitForm();
}
