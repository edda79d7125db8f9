using System.Collections.Generic;
using System.IO;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>The clock stands an hour back, a day ahead, at the epoch, in the year 9999, or jumps between calls: rows still sort last, and count.</summary>
internal sealed class Clock : Part
{
    private const long Hour = 3600, Day = 24 * Hour, Year = 365 * Day;

    public override string Name => "clock";

    public override string Subject => "a clock that is back, ahead or jumping";

    public override void Run(Options options, Report report)
    {
        using var tools = new Scene(new SceneKind());
        string library = tools.Top + "/clock.so";
        using (var source = typeof(Clock).Assembly.GetManifestResourceStream("clock.c")!)
        using (var file = File.Create(tools.Top + "/clock.c"))
        {
            source.CopyTo(file);
        }

        var built = new Launch { Argv = ["gcc", "-shared", "-fPIC", "-O1", "-o", library, tools.Top + "/clock.c", "-ldl"], Directory = tools.Top, Environment = tools.Environment() }.Run();
        if (built.ExitCode != 0)
        {
            report.Case("cannot build the clock: " + built, "the part itself");
            return;
        }

        var random = new System.Random(options.Seed);
        int rounds = options.Count(2, 20, 200);
        for (int round = 0; round < rounds; round++)
        {
            using var scene = new Scene(new SceneKind(Git: round % 2 == 0));
            var offsets = new List<long> { 0, -Hour, Day, -Day, 0, 30 * Year, -56 * Year, 0, 3 * Day, -1 };
            for (int i = 0; i < 10; i++)
            {
                offsets.Add(random.NextInt64(-40 * Year, 40 * Year));
            }

            for (int i = 0; i < offsets.Count; i++)
            {
                string lane = i % 2 == 0 ? "blocked" : "planned";
                string[] shift = [$"LD_PRELOAD={library}", $"CLOCK_OFFSET={offsets[i]}"];
                var answer = scene.Call(Calls.Force("WP01", lane, "ann", "t" + i), null, shift).Run();
                var log = scene.ReadLog();
                report.Case(
                    !answer.Succeeded ? "it fails" : log.Problem ?? OutOfOrder.Find(log) ?? (log.Reduce()["WP01"].Lane != lane ? "the row has no effect" : States.Differ(scene)),
                    $"round {round}, step {i}: clock off by {offsets[i]} s", answer);
            }
        }

        Last(report, library);
    }

    /// <summary>Where no time sorts after the newest row there is no way to go on, and that is said; nothing is written.</summary>
    private static void Last(Report report, string library)
    {
        foreach (string at in new[] { "9999-12-31T23:59:59.999999+00:00", "zzzz", "~" })
        {
            using var scene = new Scene(new SceneKind());
            File.AppendAllText(scene.Log, Templates.SeedRow("WP02", 500).Replace("2026-04-08T12:08:20.000000+00:00", at, System.StringComparison.Ordinal) + "\n");
            var before = TreeState.Of(scene.Root);
            var answer = scene.Call(Calls.Force("WP01", "blocked", "ann", "t"), null, "LD_PRELOAD=" + library, "CLOCK_OFFSET=" + (8000 * Year)).Run();
            report.Case(
                answer.Envelope.Reason != "EVENT_LOG_CORRUPT" ? "not EVENT_LOG_CORRUPT" : before.Changes(TreeState.Of(scene.Root)) is { Count: > 0 } changes ? string.Join(' ', changes) : null,
                "newest row at " + at, answer);
        }
    }
}
