using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SpecKitty.Runtime.Tests.Status;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>
/// Two event logs, with a form feed on a line of its own between them: their union is the same from either side and again with either, has every row of both, and
/// the union's state is the state of both logs read one behind the other.
/// </summary>
internal sealed class EventLogMergeTarget : FuzzTarget
{
    private const string Between = "\n\f\n";

    public override string Name => "log-merge";

    public override IReadOnlyList<string> Words { get; } =
    [
        Between, "\"event_id\": \"E1\"", "\"event_id\": ", "\"at\": \"2026\"", "\"timestamp\": \"2027\"", "{\"type\": \"x\"}\n", "{\"event_id\": \"E1\", \"at\": \"1\"}\n", "{\"at\":\"1\",\"event_id\":\"E1\"}\n", "{\"event_id\": \"E\\u0031\", \"at\": \"1\"}\n",
    ];

    protected override IEnumerable<string> Texts { get; } =
    [
        Between,
        "{\"event_id\": \"E1\", \"at\": \"1\"}\n{\"type\": \"x\"}" + Between + "{\"at\":\"1\",\"event_id\":\"E1\"}\n{\"event_id\": \"E0\", \"timestamp\": \"0\", \"n\": 1}\n",
        Rows.Lane("WP01", "planned", "claimed") + Between + Rows.Lane("WP01", "planned", "claimed") + "\n" + Rows.Lane("WP01", "claimed", "in_progress", "2027", Rows.Id(2)) + "\n",
        Rows.Lane("WP01", "planned", "claimed") + "\n" + Rows.Lane("WP02", "planned", "claimed", id: Rows.Id(3)) + Between + Rows.Lane("WP03", "planned", "blocked", "2025", Rows.Id(2)),
        "{\"event_id\": 5, \"at\": null, \"n\": NaN}\r\n\n" + Between + "{\"event_id\": 5, \"at\": null, \"n\": NaN}",
    ];

    public override string Run(byte[] input)
    {
        int cut = input.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Between));
        byte[] ours = cut < 0 ? input : input[..cut], theirs = cut < 0 ? [] : input[(cut + Between.Length)..];
        string? problem = EventLogMerge.TryMerge((ours, "a"), (theirs, "b"), out var merged);
        string? mirrored = EventLogMerge.TryMerge((theirs, "b"), (ours, "a"), out var other);
        Require(problem is null == mirrored is null, "one side says: " + problem + ", the other: " + mirrored);
        if (problem is not null)
        {
            Require(problem.Length > 0 && merged.IsEmpty, "refused, and yet merged");
            return Kind(problem[..Math.Min(40, problem.Length)]);
        }

        Require(merged.Span.SequenceEqual(other.Span), "it matters which side is which");
        Require(merged.Span.SequenceEqual(Union(merged.ToArray(), merged.ToArray())) && merged.Span.SequenceEqual(Union(merged.ToArray(), ours)) && merged.Span.SequenceEqual(Union(theirs, merged.ToArray())), "merged again, it is something else");
        byte[] both = [.. ours, (byte)'\n', .. theirs];
        var rows = Lines(merged.ToArray());
        Require(rows.IsSubsetOf(Lines(both)), "a row that neither had");
        if (EventLogMerge.TryMissing((ours, "a"), (theirs, "b"), out var missing) is null)
        {
            Require(Lines([.. ours, (byte)'\n', .. missing.ToArray()]).Count <= Lines(both).Count, "more rows than both have");
        }

        // The rows' ids are equal exactly for rows that say the same, so no order of reading matters.
        if (Rows.Parse(merged.ToArray()).Try(out var status, out _) && Rows.Parse(both).Try(out var expected, out _) && expected.TornTailBytes == 0)
        {
            Require(status.EventCount == expected.EventCount, $"{status.EventCount} events, but {expected.EventCount} in both");
        }

        return $"{rows.Count} {missing.Length > 0}";
    }

    private static byte[] Union(byte[] ours, byte[] theirs) =>
        EventLogMerge.TryMerge((ours, "a"), (theirs, "b"), out var merged) is { } problem ? throw new InvalidOperationException("merged again: " + problem) : merged.ToArray();

    private static HashSet<string> Lines(byte[] log) =>
        Encoding.Latin1.GetString(log).Split('\n').Select(static line => line.Trim(' ', '\t', '\r')).Where(static line => line.Length > 0).ToHashSet(StringComparer.Ordinal);
}
