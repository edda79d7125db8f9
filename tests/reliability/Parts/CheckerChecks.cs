using System;
using System.Collections.Generic;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Model;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// Before the checker judges anyone, it is judged: on small made-up histories, sound and corrupted ones, against the plain search.
/// What it accepts, the search must accept; sound ones it must accept.
/// </summary>
internal sealed class CheckerChecks : Part
{
    private static readonly string[] Wps = ["WP01", "WP02"];

    public override string Name => "checker";

    public override string Subject => "the history checker against plain search, on made-up histories";

    public override void Run(Options options, Report report)
    {
        var random = new Random(options.Seed);
        var model = new MissionModel(Wps, new Dictionary<string, string[]> { ["WP02"] = ["WP01"] });
        int count = options.Count(2_000, 20_000, 500_000), refused = 0, wrong = 0;
        for (int i = 0; i < count; i++)
        {
            var (history, rows) = MakeUp(model, random, 3 + random.Next(6));
            report.Case(Linearizability.Check(model, history, rows), $"a sound history is refused (seed {options.Seed}, number {i})");
            Corrupt(history, rows, random);
            bool linearizable = WingGong.IsLinearizable(model, history);
            bool accepted = Linearizability.Check(model, history, rows) is null;
            refused += accepted ? 0 : 1;
            wrong += linearizable ? 0 : 1;
            report.Case(accepted && !linearizable ? "accepted, and no order explains it" : null, $"a corrupted history (seed {options.Seed}, number {i})");
        }

        report.Figure("corrupted histories", $"{count}, of which no order explains {wrong} and the checker refuses {refused}");
        report.Case(wrong > count / 4 ? null : $"only {wrong} of {count} corruptions matter", "the corruptions");
    }

    /// <summary>Calls with random overlapping spans, each of which takes effect at one instant within its span.</summary>
    private static (List<Operation> History, List<LogRow> Rows) MakeUp(MissionModel model, Random random, int count)
    {
        var calls = new RandomCalls(random, Wps, "ann", "bob");
        var timed = Enumerable.Range(0, count).Select(i =>
        {
            int start = random.Next(100), length = 2 + random.Next(60);
            return (Call: calls.Next("t" + i) with { Started = start, Ended = start + length }, Instant: start + 1 + random.Next(length - 1) + random.NextDouble());
        }).OrderBy(c => c.Instant).ToList();
        var history = new List<Operation>();
        var rows = new List<LogRow>();
        var state = model.Initial();
        foreach (var (call, _) in timed)
        {
            var (outcome, moves) = model.Answer(call, state);
            state = model.After(state, call, moves);
            history.Add(call with { Outcome = outcome });
            rows.AddRange(moves.Select(m => new LogRow("", call.Wp, m.From, m.To, "", call.Actor, false, null, call.Tag, null)));
        }

        return (history, rows);
    }

    private static void Corrupt(List<Operation> history, List<LogRow> rows, Random random)
    {
        int i = random.Next(history.Count);
        var call = history[i];
        switch (random.Next(6))
        {
            case 0:
                // A lost update.
                rows.RemoveAll(r => r.Tag == call.Tag);
                break;
            case 1:
                // An answer of another moment.
                var other = history.Find(o => o.Kind == call.Kind && o.Tag != call.Tag && !MissionModel.Same(o.Outcome, call.Outcome));
                history[i] = call with { Outcome = other?.Outcome ?? call.Outcome with { Success = !call.Outcome.Success, Reason = call.Outcome.Success ? "TRANSITION_REJECTED" : "" } };
                break;
            case 2:
                // An answer from before the question.
                long shift = random.Next(-100, 100);
                history[i] = call with { Started = call.Started + shift, Ended = call.Ended + shift };
                break;
            case 3 when rows.Count > 1:
                int at = random.Next(rows.Count - 1);
                (rows[at], rows[at + 1]) = (rows[at + 1], rows[at]);
                break;
            case 4:
                // A second winner.
                history[i] = call with { Outcome = new Outcome { Success = true, From = "planned", To = "in_progress" } };
                break;
            default:
                history[i] = call with { Outcome = call.Outcome with { ClaimedBy = "eve", From = "blocked" } };
                break;
        }
    }
}
