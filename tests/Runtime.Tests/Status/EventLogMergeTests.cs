using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Commands;
using SpecKitty.Status;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class EventLogMergeTests
{
    /// <summary>Rows of every kind: by id, in two spellings of one, without id, of unknown kinds.</summary>
    private static readonly string[] Known =
    [
        .. Enumerable.Range(0, 8).Select(static i => $$"""{"actor": "a", "at": "2026-04-08T12:00:0{{i % 4}}+00:00", "event_id": "E{{7 - i}}", "wp_id": "WP0{{i}}"}"""),
        """{"event_id": "E7","wp_id": "WP00","actor":"\u0061","at":"2026-04-08T12:00:00+00:00"}""",
        """{"event_type": "MissionCreated", "event_id": "F1", "timestamp": "2026-04-08T11:00:00Z", "payload": {"x": [1, 2]}}""",
        """{"kind": "annotation", "at": "2026-04-08T12:00:02.5+00:00", "event_id": "G1"}""",
        """{"type": "RetrospectiveCaptured"}""",
        """{"type": "of the future", "timestamp": "9999"}""",
        """{"event_id": 5, "at": null, "n": NaN}""",
    ];

    private static readonly Gen<string> Log = Gen.Int[0, Known.Length - 1].Array[0, 12].Select(Gen.Bool, static (rows, open) =>
    {
        string text = string.Concat(rows.Select(static i => Known[i] + "\n"));
        return open && text.Length > 0 ? text[..^1] : text;
    });

    [Test]
    public void The_union_has_every_row_of_both_and_no_other()
    {
        Log.Array[2].Sample(
            static logs =>
            {
                string[] rows = Merge(logs[0], logs[1]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                var ids = rows.Select(Key).ToList();
                var wanted = logs.SelectMany(static log => log.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(Key).ToHashSet(StringComparer.Ordinal);
                return ids.Count == wanted.Count && wanted.SetEquals(ids) && rows.All(Known.Contains);
            },
            iter: 5_000);
    }

    [Test]
    public void It_does_not_matter_which_side_is_which_nor_how_often_or_in_what_groups_they_are_merged()
    {
        Log.Array[3].Sample(
            static logs =>
            {
                string one = Merge(logs[0], logs[1]);
                return one == Merge(logs[1], logs[0]) && Merge(one, one) == one && Merge(one, logs[1]) == one
                    && Merge(one, logs[2]) == Merge(logs[0], Merge(logs[1], logs[2]));
            },
            iter: 5_000);
    }

    [Test]
    public void A_log_with_what_it_lacked_appended_has_the_rows_of_the_union()
    {
        Log.Array[2].Sample(
            static logs =>
            {
                string log = logs[0].Length == 0 || logs[0].EndsWith('\n') ? logs[0] : logs[0] + "\n";
                EventLogMerge.TryMissing((Bytes(log), "a"), (Bytes(logs[1]), "b"), out var missing);
                string whole = log + Encoding.UTF8.GetString(missing.Span);
                return whole.StartsWith(log, StringComparison.Ordinal) && SameRows(Merge(whole, ""), Merge(logs[0], logs[1]))
                    && EventLogMerge.TryMissing((Bytes(whole), "a"), (Bytes(logs[1]), "b"), out var none) is null && none.IsEmpty;
            },
            iter: 5_000);
    }

    [Test]
    public async Task Rows_are_sorted_by_time_and_id()
    {
        string merged = Merge(
            """{"event_id": "B", "at": "2026-01-01T00:00:01+00:00"}""" + "\n" + """{"event_id": "A", "at": "2026-01-01T00:00:02+00:00"}""",
            """{"event_id": "A1", "at": "2026-01-01T00:00:01+00:00"}""" + "\n" + """{"event_id": "C", "timestamp": "2026-01-01T00:00:01.5+00:00"}""");
        await Assert.That(merged.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static row => row.Split('"')[3])).IsEquivalentTo((string[])["A1", "B", "C", "A"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("""{"event_id": "B", "at": "1"}""", """{"event_id": "A", "at": "2"}""")]
    [Arguments("""{"event_id": "B", "at": "", "timestamp": "1"}""", """{"event_id": "A", "timestamp": "2"}""")]
    [Arguments("""{"event_id": "B", "at": "1", "timestamp": "4"}""", """{"event_id": "A", "at": "2", "timestamp": "3"}""")]
    public async Task The_time_is_at_and_where_that_is_not_said_timestamp(string first, string second) => await Assert.That(Merge(second, first)).IsEqualTo(first + "\n" + second + "\n");

    [Test]
    public async Task Rows_are_sorted_by_what_their_time_says_not_by_how_it_is_spelled()
    {
        string merged = Merge("""{"event_id": "A", "at": "\u0032026-01-01"}""", """{"event_id": "B", "at": "2025-01-01"}""");
        await Assert.That(merged.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static row => row.Split('"')[3])).IsEquivalentTo((string[])["B", "A"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("""{"event_id": "E", "at": "1", "wp_id": "WP01"}""", """{"event_id": "E", "at": "1", "wp_id": "WP02"}""", "two different rows have the event id E")]
    [Arguments("""{"event_id": "E", "at": "1", "wp_id": "WP01"}""", """{"event_id": "\u0045", "at": "1", "wp_id": "WP02"}""", "two different rows have the event id E")]
    [Arguments("""{"event_id": "E", "n": NaN}""", """{"event_id": "E", "n": NaN, "m": 1}""", "two different rows have the event id E")]
    [Arguments("not json", "", "a, line 1: ")]
    [Arguments("""{"event_id": "E" "at": "1"}""", "", "a, line 1: ")]
    [Arguments("", "\n\n[1]", "b, line 3: ")]
    [Arguments("", "<<<<<<< HEAD\n", "b, line 1: ")]
    [Arguments("""{"event_id": "E", "at": "1""", "", "a, line 1: ")]
    public async Task What_cannot_be_united_is_refused_with_the_place(string ours, string theirs, string message)
    {
        string? problem = EventLogMerge.TryMerge((Bytes(ours), "a"), (Bytes(theirs), "b"), out var merged);
        await Assert.That(problem).Contains(message);
        await Assert.That(merged.Length).IsEqualTo(0);
    }

    [Test]
    public async Task The_driver_writes_the_union_into_ours_and_leaves_it_alone_on_a_conflict()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["o"], "");
        File.WriteAllText(folder["a"], Known[0] + "\n");
        File.WriteAllText(folder["b"], Known[1] + "\n" + Known[0]);
        await Assert.That(MergeDriverEventLog.Run([folder["o"], folder["a"], folder["b"]])).IsEqualTo(0);
        await Assert.That(File.ReadAllText(folder["a"])).IsEqualTo(Merge(Known[0], Known[1]));
        string before = File.ReadAllText(folder["a"]);
        File.WriteAllText(folder["b"], Known[0].Replace("WP00", "WP99", StringComparison.Ordinal));
        await Assert.That(MergeDriverEventLog.Run([folder["o"], folder["a"], folder["b"]])).IsEqualTo(1);
        await Assert.That(MergeDriverEventLog.Run([folder["o"], folder["a"], folder["none"]])).IsEqualTo(1);
        await Assert.That(MergeDriverEventLog.Run([folder["a"]])).IsEqualTo(2);
        await Assert.That(File.ReadAllText(folder["a"])).IsEqualTo(before);
    }

    private static string Merge(string ours, string theirs) =>
        EventLogMerge.TryMerge((Bytes(ours), "a"), (Bytes(theirs), "b"), out var merged) is { } problem
            ? throw new InvalidOperationException(problem)
            : Encoding.UTF8.GetString(merged.Span);

    private static bool SameRows(string a, string b) => a.Split('\n').Select(Key).Order(StringComparer.Ordinal).SequenceEqual(b.Split('\n').Select(Key).Order(StringComparer.Ordinal));

    /// <summary>The id, else the row.</summary>
    private static string Key(string row)
    {
        int at = row.IndexOf("\"event_id\": \"", StringComparison.Ordinal);
        return at < 0 ? row : row[(at + 13)..row.IndexOf('"', at + 13)];
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
