using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Model;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>64 clients at once call mixed commands on one mission; every call and answer is recorded with its times and the history judged.</summary>
internal sealed class Histories : Part
{
    private const int Clients = 64;
    private const int Wps = 6;
    private static readonly string[] Actors = ["ann", "bob", "cyd", "dan"];

    public override string Name => "histories";

    public override string Subject => "64 concurrent clients with mixed commands; linearizable against the lane machine";

    public override void Run(Options options, Report report)
    {
        int histories = options.Count(1, 16, 400), calls = options.Count(8, 25, 40);
        long total = 0, changes = 0, refused = 0, neutral = 0, killed = 0, slowest = 0;
        for (int i = 0; i < histories; i++)
        {
            using var scene = new Scene(new SceneKind(Git: i % 2 == 0, Wps: Wps, Chain: true));
            var model = ModelOf();
            bool withKills = i % 4 == 3;
            var history = Record(scene, options.Seed + i, calls, withKills);
            var log = scene.ReadLog();
            var rows = log.Rows.Skip(Wps).ToList();
            report.Case(
                log.Problem ?? OutOfOrder.Find(log) ?? Linearizability.Check(model, history, rows) ?? States.Differ(scene),
                $"history {i} (seed {options.Seed + i})");
            CheckCorruptions(report, model, history, rows, new Random(options.Seed + i));
            total += history.Count;
            changes += rows.Select(r => r.Tag).Distinct().Count();
            refused += history.Count(o => o.Outcome is { Answered: true, Success: false, IsNeutral: false });
            neutral += history.Count(o => o.Outcome.IsNeutral);
            killed += history.Count(o => !o.Outcome.Answered);
            slowest = Math.Max(slowest, history.Max(o => o.Ended - o.Started));
        }

        report.Figure("histories", histories.ToString(CultureInfo.InvariantCulture));
        report.Figure("calls", total.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("of which changed something", changes.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("were refused", refused.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("were killed", killed.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("gave up waiting", neutral.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("slowest", (slowest / 1e6).ToString("F0", CultureInfo.InvariantCulture) + " ms");
    }

    private static MissionModel ModelOf()
    {
        string[] wps = [.. Enumerable.Range(1, Wps).Select(Templates.Wp)];
        return new MissionModel(wps, Enumerable.Range(1, Wps - 1).ToDictionary(i => wps[i], i => new[] { wps[i - 1] }, StringComparer.Ordinal));
    }

    private static List<Operation> Record(Scene scene, int seed, int calls, bool withKills)
    {
        var history = new ConcurrentBag<Operation>();
        Work.Crowd(Clients, client =>
        {
            var random = new Random((seed * 1000) + client);
            var choices = new RandomCalls(random, [.. Enumerable.Range(1, Wps).Select(Templates.Wp)], Actors);
            for (int i = 0; i < calls; i++)
            {
                var call = choices.Next($"c{client}-{i}");
                var running = scene.Call(Argv(call)).Start();
                if (withKills && random.Next(10) == 0)
                {
                    Native.SleepMicroseconds(random.Next(100_000));
                    running.Signal(Native.SigKill);
                }

                var answer = running.Finish();
                history.Add(call with { Started = answer.Started, Ended = answer.Ended, Outcome = OutcomeOf(call, answer) });
            }
        });
        return [.. history];
    }

    internal static string[] Argv(Operation call)
    {
        switch (call.Kind)
        {
            case OperationKind.Start: return Calls.Start(call.Wp, call.Actor, call.Tag);
            case OperationKind.Review: return Calls.Review(call.Wp, call.Actor, call.Tag);
            case OperationKind.State: return Calls.State();
            case OperationKind.Ready: return Calls.Ready();
        }

        var facts = call.Facts!;
        var more = new List<string> { "--subtasks-complete", "--implementation-evidence-present" };
        if (facts.Force)
        {
            more.Add("--force");
        }

        if (facts.Note is { } note)
        {
            more.AddRange(["--note", note]);
        }

        if (facts.ReviewRef is { } reference)
        {
            more.AddRange(["--review-ref", reference]);
        }

        if (facts.Evidence)
        {
            more.AddRange(["--evidence-json", Calls.Evidence]);
        }

        return Calls.Move(call.Wp, call.To, call.Actor, call.Tag, [.. more]);
    }

    private static Outcome OutcomeOf(Operation call, Answer answer)
    {
        if (answer.Signal != 0 && answer.Output.Length == 0)
        {
            return new Outcome { Answered = false };
        }

        // Killed after its answer was out: the answer stands.
        var envelope = answer.Signal != 0 ? Envelope.Read(answer.Output, 0) : answer.Envelope;
        if (envelope.Problem is { } problem)
        {
            return answer.Signal != 0 ? new Outcome { Answered = false } : new Outcome { Reason = "no envelope: " + problem + " " + answer };
        }

        if (!envelope.Success)
        {
            string[] missing = envelope.Data.TryGetProperty("unsatisfied_dependencies", out var list) ? [.. list.EnumerateArray().Select(e => e.GetString()!)] : [];
            return new Outcome { Reason = envelope.Reason, ClaimedBy = envelope.Text("claimed_by"), List = missing };
        }

        return call.Kind switch
        {
            OperationKind.State => new Outcome { Success = true, List = [.. envelope.Data.GetProperty("work_packages").EnumerateArray().Select(Shown)] },
            OperationKind.Ready => new Outcome { Success = true, List = [.. envelope.Data.GetProperty("ready_work_packages").EnumerateArray().Select(w => w.GetProperty("wp_id").GetString()!)] },
            _ => new Outcome { Success = true, NoOp = envelope.Flag("no_op") == true, From = envelope.Text("from_lane"), To = envelope.Text("to_lane") },
        };
    }

    private static string Shown(JsonElement wp) => $"{wp.GetProperty("wp_id").GetString()}={wp.GetProperty("lane").GetString()}/{wp.GetProperty("last_actor").GetString()}";

    /// <summary>The checker sees what it is for: in the real history an acknowledged change is dropped, a read answers from too long ago, a refusal turns into a win.</summary>
    private static void CheckCorruptions(Report report, MissionModel model, List<Operation> history, List<LogRow> rows, Random random)
    {
        var changed = history.Where(o => o.Outcome is { Answered: true, Success: true, NoOp: false } && rows.Exists(r => r.Tag == o.Tag)).ToList();
        var victim = changed[random.Next(changed.Count)];
        Expect("an acknowledged change that is lost", history, [.. rows.Where(r => r.Tag != victim.Tag)]);

        if (history.FindIndex(o => o.Outcome.Reason == "WP_ALREADY_CLAIMED") is >= 0 and var loser)
        {
            var forged = history.ToList();
            forged[loser] = forged[loser] with { Outcome = new Outcome { Success = true, From = "planned", To = "in_progress" } };
            Expect("a second winner", forged, rows);
        }

        var reads = history.Where(o => o is { Kind: OperationKind.State, Outcome.Success: true }).OrderBy(o => o.Started).ToList();
        if (reads.Count > 1 && !MissionModel.Same(reads[0].Outcome, reads[^1].Outcome))
        {
            var forged = history.ToList();
            forged[forged.IndexOf(reads[^1])] = reads[^1] with { Outcome = new Outcome { Success = true, List = [.. Enumerable.Range(1, Wps).Select(i => $"{Templates.Wp(i)}=planned/planner")] } };
            Expect("a read of the beginning at the end", forged, rows);
        }

        void Expect(string name, IReadOnlyList<Operation> forgedHistory, IReadOnlyList<LogRow> forgedRows) =>
            report.Case(Linearizability.Check(model, forgedHistory, forgedRows) is null ? "the checker did not notice" : null, name);
    }
}
