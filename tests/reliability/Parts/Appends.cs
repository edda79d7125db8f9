using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>64 processes at a time append to one log: none is lost, none comes twice, and the order by time and id is the log's own.</summary>
internal sealed class Appends : Part
{
    private const int Clients = 64;

    public override string Name => "appends";

    public override string Subject => "64 processes at once append to one log; none lost, one order";

    public override void Run(Options options, Report report)
    {
        int wanted = options.Count(256, 10_000, 100_000);
        const int EachClient = 16;
        long appended = 0, gaveUp = 0;
        var times = new ConcurrentBag<long>();
        for (int number = 0; appended + gaveUp < wanted; number++)
        {
            using var scene = new Scene(new SceneKind(Git: number % 2 == 0, Wps: 8));
            var answers = new ConcurrentBag<(string Tag, Answer Answer)>();
            int each = Math.Min(EachClient, Math.Max(1, (int)(wanted - appended) / Clients));
            Work.Crowd(Clients, client =>
            {
                for (int i = 0; i < each; i++)
                {
                    string tag = $"a{client}-{i}";
                    var answer = scene.Call(Calls.Force(Templates.Wp(1 + (client % 8)), i % 2 == 0 ? "blocked" : "planned", "ann", tag)).Run();
                    answers.Add((tag, answer));
                    times.Add(answer.Ended - answer.Started);
                }
            });
            report.Case(Judge(scene, answers, out int acknowledged), $"log {number}");
            appended += acknowledged;
            gaveUp += answers.Count - acknowledged;
        }

        var sorted = times.Order().ToList();
        report.Figure("appends", appended.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("gave up waiting for the lock (5 s)", gaveUp.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("time with 64 waiting: median", Milliseconds(sorted[sorted.Count / 2]));
        report.Figure("99 %", Milliseconds(sorted[sorted.Count * 99 / 100]));
        report.Figure("slowest", Milliseconds(sorted[^1]));
    }

    private static string Milliseconds(long nanoseconds) => (nanoseconds / 1e6).ToString("F0", CultureInfo.InvariantCulture) + " ms";

    private static string? Judge(Scene scene, IEnumerable<(string Tag, Answer Answer)> answers, out int acknowledged)
    {
        var log = scene.ReadLog();
        var told = answers.Where(a => a.Answer.Succeeded).Select(a => a.Tag).ToHashSet(StringComparer.Ordinal);
        acknowledged = told.Count;
        if (answers.FirstOrDefault(a => !a.Answer.Succeeded && a.Answer.Envelope.Reason != "LOCK_TIMEOUT") is { Tag: not null } failed)
        {
            return "an append failed: " + failed.Answer;
        }

        var written = log.Rows.Where(r => r.Tag is not null).Select(r => r.Tag!).ToList();
        return log.Problem
            ?? (log.TornTail > 0 ? "a torn tail" : null)
            ?? (written.Count != told.Count || !written.TrueForAll(told.Contains) ? $"{told.Count} acknowledged, {written.Count} written" : null)
            ?? OutOfOrder.Find(log)
            ?? States.Differ(scene);
    }
}
