using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>Several actors claim one work package at the same instant, for implementation or for review: exactly one gets it.</summary>
internal sealed class Claims : Part
{
    private const int Contenders = 3;
    private const int RacesAScene = 24;

    public override string Name => "claims";

    public override string Subject => "3 actors claim one work package at once; exactly one wins";

    public override void Run(Options options, Report report)
    {
        int races = options.Count(120, 10_000, 100_000);
        int scenes = (races + RacesAScene - 1) / RacesAScene;
        long held = 0;
        var firsts = new int[Contenders];
        Work.Each(Enumerable.Range(0, scenes), options.Jobs, number =>
        {
            var random = new Random(options.Seed + number);
            using var scene = new Scene(new SceneKind(Git: number % 2 == 0, Wps: RacesAScene));
            File.AppendAllText(scene.Log, ReviewRows());
            for (int race = 1; race <= RacesAScene; race++)
            {
                // Every fourth race starts behind the lock, so that all contenders surely wait for it together.
                bool behindLock = random.Next(4) == 0;
                Interlocked.Add(ref held, behindLock ? 1 : 0);
                var answers = Race(scene, race, behindLock);
                int winner = answers.FindIndex(a => a.Succeeded);
                report.Case(Judge(scene, race, answers), $"race {race} of scene {number} (seed {options.Seed})", string.Join("\n     ", answers));
                if (winner >= 0)
                {
                    Interlocked.Increment(ref firsts[winner]);
                }
            }

            report.Case(States.Differ(scene) ?? OutOfOrder.Find(scene.ReadLog()), $"scene {number} at its end");
        });
        report.Figure("races", (scenes * RacesAScene).ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("begun behind a held lock", held.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("wins by order of start", string.Join("/", firsts));
    }

    private static string ReviewRows()
    {
        var rows = new StringBuilder();
        for (int i = 2; i <= RacesAScene; i += 2)
        {
            rows.Append(Templates.SeedRow(Templates.Wp(i), 1000 + i).Replace("\"to_lane\": \"planned\"", "\"to_lane\": \"for_review\"", StringComparison.Ordinal)).Append('\n');
        }

        return rows.ToString();
    }

    private static List<Answer> Race(Scene scene, int race, bool behindLock)
    {
        string wp = Templates.Wp(race);
        var held = behindLock ? new HeldLock(scene) : null;
        var running = Enumerable.Range(0, Contenders).Select(i =>
            scene.Call(race % 2 == 0 ? Calls.Review(wp, "actor-" + i, $"r{race}-{i}") : Calls.Start(wp, "actor-" + i, $"r{race}-{i}")).Start()).ToList();
        if (held is not null)
        {
            Native.SleepMicroseconds(10_000);
            held.Dispose();
        }

        return [.. running.Select(r => r.Finish())];
    }

    private static string? Judge(Scene scene, int race, List<Answer> answers)
    {
        if (answers.Find(a => a.Envelope.Problem is not null) is { } bad)
        {
            return bad.Envelope.Problem;
        }

        var winners = answers.Where(a => a.Succeeded && a.Envelope.Flag("no_op") == false).ToList();
        if (winners.Count != 1)
        {
            return $"{winners.Count} winners";
        }

        string name = "actor-" + answers.IndexOf(winners[0]);
        if (answers.Find(a => !a.Succeeded && (a.Envelope.ErrorCode != "WP_ALREADY_CLAIMED" || a.Envelope.Text("claimed_by") != name)) is { } wrong)
        {
            return "a loser is told something else: " + wrong.Envelope.Message;
        }

        var rows = scene.ReadLog().Rows.Where(r => r.Wp == Templates.Wp(race) && r.Tag is not null).ToList();
        int expected = race % 2 == 0 ? 1 : 2;
        return answers.Count(a => !a.Succeeded) != Contenders - 1 ? "more than one success"
            : rows.Count != expected || rows.Exists(r => r.Actor != name) ? $"rows: {string.Join(' ', rows)}" : null;
    }
}
