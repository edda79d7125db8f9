using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class ReducerPropertyTests
{
    private static readonly string[] Times =
    [
        "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.000001+00:00", "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01+00:00", "", "z", "é", "\uE000",
    ];

    private static readonly string[] Others =
    [
        "", "   ", "\t", """{"event_type": null}""", """{"kind": "annotation", "wp_id": "WP01", "delta": {"note": "x"}}""", """{"kind": 5}""",
        """{"event_name": "retrospective.started", "at": "2026"}""", """{"type": "RetrospectiveSkipped"}""",
    ];

    private static readonly Gen<Lane> GenLane = Gen.Int[0, Lanes.Count - 1].Select(i => (Lane)i);

    /// <summary>Few work packages, times and ids, so that everything collides.</summary>
    private static readonly Gen<ReducerModel.Row> Crowded =
        from wp in Gen.Int[1, 3]
        from moves in Gen.Select(GenLane, Gen.OneOf(GenLane, Gen.Const(Lane.InProgress)))
        from at in Pick(Times)
        from id in Gen.Int[0, 12]
        from actor in Pick("a", "b", "longer actor", "é")
        from force in Gen.Bool
        from reference in Pick(null, "", "r")
        from slug in Pick("s", "", "other")
        select new ReducerModel.Row("WP0" + wp, moves.Item1, moves.Item2, at, Rows.Id(id), actor, force, reference, slug);

    [Test]
    public void Any_log_reduces_as_the_rules_say() =>
        Gen.Select(Crowded.List[0, 12], Pick(Others).List[0, 3], Gen.Int).Sample(
            (rows, others, seed) => Same(rows, others, seed), iter: 10_000);

    /// <summary>Rows as one writer after the other makes them, now and then disturbed: long enough for ids to be forgotten.</summary>
    [Test]
    public void A_long_log_with_a_few_disturbances_reduces_as_the_rules_say()
    {
        var disturbance = Gen.Select(Gen.Int[0, 399], Gen.Int[0, 399], Gen.Int[0, 4]);
        Gen.Select(Gen.Int[0, 400], disturbance.List[0, 3], Gen.Int).Sample(
            (count, disturbances, seed) =>
            {
                var random = new Random(seed);
                var rows = new List<ReducerModel.Row>();
                for (int i = 0; i < count; i++)
                {
                    // Two rows of one start have ids in any order.
                    int id = (i & ~1) | ((i & 1) ^ (random.Next(4) == 0 ? 1 : 0));
                    rows.Add(new ReducerModel.Row(
                        "WP" + random.Next(10, 30), (Lane)random.Next(10), (Lane)random.Next(10), $"2026-01-01T{i / 3600:D2}:{i / 60 % 60:D2}:{i % 60:D2}+00:00",
                        Rows.Id((id * 1000) + i), "a" + random.Next(3), random.Next(5) == 0, null, "s"));
                }

                foreach (var (a, b, kind) in disturbances)
                {
                    if (a < rows.Count && b < rows.Count)
                    {
                        rows = kind switch
                        {
                            0 => [.. rows[..a], rows[b], .. rows[a..]],
                            1 => [.. rows[..a], .. rows[(a + 1)..]],
                            2 => [.. rows, rows[a] with { To = Lane.Done, At = rows[b].At }],

                            // An id again that may be forgotten by then, and nothing else to show that the row is not new.
                            3 => [.. rows, rows[a] with { To = Lane.Done, At = "2026-01-02T00:00:00+00:00" }],
                            _ => [.. rows[a..], .. rows[..a]],
                        };
                    }
                }

                return Same(rows, [], seed);
            },
            iter: 1_000);
    }

    [Test]
    public void Recent_ids_are_never_called_new_twice() =>
        Gen.Int[0, 60].List[0, 600].Sample(
            jumps =>
            {
                var recent = new RecentIds();
                var all = new HashSet<string>();
                int number = 0;
                foreach (int jump in jumps)
                {
                    number = Math.Max(0, number + jump - 20);
                    string id = Rows.Id(number);
                    var novelty = recent.Add(System.Text.Encoding.ASCII.GetBytes(id));
                    bool isNew = all.Add(id);
                    if (novelty == IdNovelty.New ? !isNew : novelty == IdNovelty.Seen && isNew)
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 2_000);

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static bool Same(List<ReducerModel.Row> rows, List<string> others, int seed)
    {
        var lines = rows.ConvertAll(r => r.Line);
        var random = new Random(seed);
        foreach (string other in others)
        {
            lines.Insert(random.Next(lines.Count + 1), other);
        }

        var log = Rows.Log([.. lines]);
        string expected = ReducerModel.Describe(rows);
        if (Rows.Describe(Rows.Good(log)) != expected)
        {
            return false;
        }

        // The way for logs without order, taken by force.
        using var reader = new EventLogReader(log, LogPosition.First);
        var sorter = new RowSorter();
        return reader.Read(sorter, out bool isComplete) == 0 && isComplete && Rows.Describe(new MissionStatus(sorter.Finish())) == expected;
    }
}
