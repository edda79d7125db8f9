using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// 32 processes at a time change one mission and are killed at random moments, until enough have died: in the primary checkout, without git, and now and then
/// on a coordination branch, where each killed call may leave a git behind that goes on.
/// </summary>
internal sealed class RandomKills : Part
{
    private const int AtOnce = 32;
    private const int WavesAScene = 12;

    public override string Name => "random-kills";

    public override string Subject => "32 processes at once on one mission, killed at random moments";

    public override void Run(Options options, Report report)
    {
        int wanted = options.Count(200, 10_000, 100_000);
        var random = new Random(options.Seed);
        long killed = 0, acknowledged = 0, unacknowledged = 0, torn = 0, waves = 0, scenes = options.Scale == Scale.Sample ? 6 : 0;
        while (killed < wanted && report.Failed < 50)
        {
            // A git a call makes waves on a coordination branch dear: one scene in eight has one.
            bool isCoordinated = scenes++ % 8 == 7;
            using var scene = new Scene(new SceneKind(Git: isCoordinated || random.Next(2) == 0, Wps: 8, Coordination: isCoordinated));
            var acknowledgedTags = new Dictionary<string, int>(StringComparer.Ordinal);
            var tags = new HashSet<string>(StringComparer.Ordinal);
            for (int wave = 0; wave < (isCoordinated ? WavesAScene / 4 : WavesAScene) && killed < wanted; wave++, waves++)
            {
                killed += Wave(scene, random, waves, tags, acknowledgedTags);
                var log = scene.ReadLog();
                torn += log.TornTail > 0 ? 1 : 0;
                report.Case(Judge(scene, tags, acknowledgedTags), $"wave {waves} (seed {options.Seed})");
            }

            acknowledged += acknowledgedTags.Count;
            unacknowledged += scene.ReadLog().Rows.Where(r => r.Tag is not null && !acknowledgedTags.ContainsKey(r.Tag)).Select(r => r.Tag).Distinct().Count();
        }

        report.Figure("scenes", (scenes - (options.Scale == Scale.Sample ? 6 : 0)).ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("killed", killed.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("acknowledged calls", acknowledged.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("durable though killed before the answer", unacknowledged.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("torn tails met", torn.ToString("N0", CultureInfo.InvariantCulture));
    }

    private static int Wave(Scene scene, Random random, long wave, HashSet<string> tags, Dictionary<string, int> acknowledged)
    {
        var calls = new List<(RunningCall Call, string Tag, int Rows)>();
        var held = random.Next(5) > 0 ? new HeldLock(scene) : null;
        for (int i = 0; i < AtOnce; i++)
        {
            string tag = $"w{wave}-{i}";
            tags.Add(tag);
            string wp = Templates.Wp(1 + random.Next(8));

            // Rows beyond a page are what a kill can tear.
            string note = new('x', random.Next(4) == 0 ? random.Next(100_000) : 1 + random.Next(300));
            bool start = random.Next(6) == 0;
            string[] argv = start ? Calls.Start(wp, tag, tag) : Calls.Move(wp, "planned", "ann", tag, "--force", "--note", note);
            calls.Add((scene.Call(argv).Start(), tag, start ? 2 : 1));
        }

        // Without the lock most calls are done before their turn to die comes; behind it they all stand in a row.
        held?.Dispose();
        foreach (int i in Enumerable.Range(0, AtOnce).OrderBy(_ => random.Next()).Take(AtOnce - random.Next(8)))
        {
            Native.SleepMicroseconds(random.Next(3) == 0 ? random.Next(scene.Kind.Coordination ? 20_000 : 2_000) : random.Next(200));
            calls[i].Call.Signal(Native.SigKill);
        }

        int killed = 0;
        foreach (var (call, tag, rows) in calls)
        {
            var answer = call.Finish();
            killed += answer.Signal == Native.SigKill ? 1 : 0;
            if (answer.Output.Length > 0 && Envelope.Read(answer.Output, 0) is { Problem: null, Success: true } envelope && envelope.Flag("no_op") != true)
            {
                // Killed after the answer was written: it counts.
                acknowledged[tag] = rows;
            }
        }

        return killed;
    }

    private static string? Judge(Scene scene, HashSet<string> tags, Dictionary<string, int> acknowledged)
    {
        if (Rows(scene, tags, acknowledged) is { } problem)
        {
            return problem;
        }

        // The next call works at once, moves a torn tail aside and sweeps up.
        string tag = "next-" + tags.Count;
        tags.Add(tag);
        var answer = scene.Call(Calls.Force("WP01", "planned", "next", tag)).Run();
        if (!answer.Succeeded)
        {
            return "the next call fails: " + answer;
        }

        acknowledged[tag] = 1;
        if (scene.Kind.Coordination && !scene.CommittedLog().AsSpan().SequenceEqual(File.ReadAllBytes(scene.Log)))
        {
            return "after the next call there are rows in no commit";
        }

        string left = Leftovers(scene);
        return left.Length > 0 ? "left behind: " + left
            : Rows(scene, tags, acknowledged) ?? (scene.ReadLog().TornTail > 0 ? "the torn tail is still there" : States.Differ(scene));
    }

    /// <summary>What is left lying about; a git that lost its caller gets a moment to end.</summary>
    private static string Leftovers(Scene scene)
    {
        string left = "";
        for (int tries = 0; tries < 100; tries++)
        {
            left = string.Join(' ', TreeState.Of(scene).Leftovers());
            if (left.Length == 0)
            {
                break;
            }

            Native.SleepMicroseconds(50_000);
        }

        return left;
    }

    private static string? Rows(Scene scene, HashSet<string> tags, Dictionary<string, int> acknowledged)
    {
        var log = scene.ReadLog();
        if (log.Problem is { } problem)
        {
            return "torn in the middle: " + problem;
        }

        var counts = log.Rows.Where(r => r.Tag is not null).GroupBy(r => r.Tag!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        string? lost = acknowledged.FirstOrDefault(a => counts.GetValueOrDefault(a.Key) == 0).Key;
        string? strange = counts.Keys.FirstOrDefault(t => !tags.Contains(t));
        return lost is not null ? $"acknowledged and lost: {lost}"
            : strange is not null ? $"a row of nobody: {strange}"
            : OutOfOrder.Find(log);
    }
}
