using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Model;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// Random missions, with rows of other writers in their logs, dependencies of every shape and a user's half-done work in the checkout, and random calls one after the
/// other. After each call every invariant that one call can break is looked at.
/// </summary>
internal sealed class Sessions : Part
{
    private const int Wps = 6;
    private static readonly string[] Actors = ["ann", "bob"];
    private static readonly string[] Foreign =
    [
        """{"event_type": "MissionCreated", "payload": {"a": [1, 2.50, "ü", null]}, "wp_id": "WP01", "to_lane": "done", "at": "2026-04-08T12:30:00Z"}""",
        """{"kind": "annotation", "wp_id": "WP02", "event_id": "01JQ8Z00000000000000000ABC", "at": "2026-04-08T12:31:00+00:00", "actor": "x", "delta": {"note": "n"}}""",
        """{  "kind" : "of-the-future",   "unknown": {"deep": [[[]]]}  }""",
        """{"type": "RetrospectiveSkipped", "at": "2026-04-08T12:32:00+00:00"}""",
        """{"event_name": "retrospective.requested", "payload": {"mode": "auto"}, "at": "2026-04-08T12:33:00+00:00", "event_id": "r1"}""",
        "",
        "   ",
    ];

    public override string Name => "sessions";

    public override string Subject => "random calls on random missions, every invariant looked at after each";

    public override void Run(Options options, Report report)
    {
        int sessions = options.Count(6, 150, 3000);
        long starts = 0, ready = 0, calls = 0;
        Work.Each(Enumerable.Range(0, sessions), options.Jobs, number =>
        {
            var random = new Random(options.Seed + number);
            using var scene = new Scene(new SceneKind(Git: true, Wps: Wps, Branch: "work"));
            Disorder(scene, random);
            var choices = new RandomCalls(random, [.. Enumerable.Range(1, Wps).Select(Templates.Wp)], Actors);
            for (int i = 0; i < 12; i++)
            {
                System.Threading.Interlocked.Increment(ref calls);
                report.Case(Step(scene, choices.Next($"s{i}"), random), $"session {number}, call {i} (seed {options.Seed})");
            }

            report.Case(ReadyIsWhatStarts(scene, out int tried, out int listed), $"session {number} at its end: list-ready and start-implementation (seed {options.Seed})");
            System.Threading.Interlocked.Add(ref starts, tried);
            System.Threading.Interlocked.Add(ref ready, listed);
        });
        report.Figure("calls", calls.ToString("N0", CultureInfo.InvariantCulture));
        report.Figure("starts tried against list-ready", $"{starts:N0}, of which {ready:N0} listed");
    }

    /// <summary>One call: I2, I4, I6, I7, I8, I10, I12.</summary>
    private static string? Step(Scene scene, Operation call, Random random)
    {
        bool isRead = call.Kind is OperationKind.State or OperationKind.Ready;
        string[] argv = !isRead && random.Next(6) == 0 ? Calls.History(call.Wp, call.Actor, call.Tag) : Histories.Argv(call);
        byte[] log = File.ReadAllBytes(scene.Log);
        var tree = TreeState.Of(scene);
        string users = UsersWork(scene);
        var answer = scene.Call(argv).Run();
        if (answer.Envelope.Problem is { } problem)
        {
            return problem + " " + answer;
        }

        byte[] after = File.ReadAllBytes(scene.Log);
        if (!after.AsSpan().StartsWith(log))
        {
            return "rows that were there are gone or changed: " + answer;
        }

        if ((isRead || !answer.Succeeded || answer.Envelope.Flag("no_op") == true) && tree.Changes(TreeState.Of(scene)) is { Count: > 0 } changes)
        {
            return $"{string.Join(' ', changes)} by {answer}";
        }

        if (UsersWork(scene) is var now && now != users)
        {
            return $"the user's work changed from {users} to {now} by {answer}";
        }

        if (answer.Envelope.Text("to_lane") is { } lane && scene.ReadLog().Reduce() is var lanes && lanes[call.Wp].Lane != lane)
        {
            return $"the answer says {lane}, the log {lanes[call.Wp]}: {answer}";
        }

        if (argv[0].StartsWith("start", StringComparison.Ordinal) && answer.Succeeded)
        {
            var again = scene.Call(argv).Run();
            if (!again.Succeeded || again.Envelope.Flag("no_op") != true || !File.ReadAllBytes(scene.Log).AsSpan().SequenceEqual(after))
            {
                return "the same request again is not harmless: " + again;
            }
        }

        return States.Differ(scene);
    }

    /// <summary>I9: a start succeeds for exactly the listed ones, whoever else holds what; each tried on the mission as it is.</summary>
    private static string? ReadyIsWhatStarts(Scene scene, out int tried, out int listed)
    {
        tried = listed = 0;
        var ready = scene.Call(Calls.Ready()).Run();
        if (!ready.Succeeded)
        {
            return "list-ready fails: " + ready;
        }

        var ids = ready.Envelope.Data.GetProperty("ready_work_packages").EnumerateArray().Select(w => w.GetProperty("wp_id").GetString()!).ToHashSet(StringComparer.Ordinal);
        byte[] log = File.ReadAllBytes(scene.Log);
        for (int i = 1; i <= Wps; i++)
        {
            string wp = Templates.Wp(i);
            var answer = scene.Call(Calls.Start(wp, "a stranger", "probe")).Run();
            File.WriteAllBytes(scene.Log, log);
            tried++;
            listed += ids.Contains(wp) ? 1 : 0;
            if (answer.Succeeded != ids.Contains(wp))
            {
                return $"{wp} is {(ids.Contains(wp) ? "" : "not ")}listed: {answer}";
            }
        }

        return null;
    }

    /// <summary>The branch, the index, the stash, and what is changed outside the mission.</summary>
    private static string UsersWork(Scene scene) => string.Join('|',
        scene.Git("symbolic-ref", "HEAD"), scene.Git("diff", "--cached", "--name-status"), scene.Git("stash", "list"), File.ReadAllText(scene.Root + "/user.txt"), File.ReadAllText(scene.Root + "/untracked.txt"));

    private static void Disorder(Scene scene, Random random)
    {
        for (int i = 1; i <= Wps; i++)
        {
            // Forwards, backwards, on itself, on nobody: cycles come about.
            var needs = Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(8) == 0 ? "WP99" : Templates.Wp(1 + random.Next(Wps))).Distinct();
            string path = scene.TaskFile(Templates.Wp(i));
            File.WriteAllText(path, File.ReadAllText(path).Replace("dependencies: []", $"dependencies: [{string.Join(", ", needs)}]", StringComparison.Ordinal));
        }

        var rows = new StringBuilder();
        string[] lanes = ["planned", "claimed", "in_progress", "for_review", "in_review", "approved", "done", "blocked", "canceled"];
        for (int i = 0; i < random.Next(12); i++)
        {
            string row = random.Next(2) == 0
                ? Foreign[random.Next(Foreign.Length)]
                : Templates.SeedRow(Templates.Wp(1 + random.Next(Wps)), 100 + i).Replace("\"to_lane\": \"planned\"", $"\"to_lane\": \"{lanes[random.Next(lanes.Length)]}\"", StringComparison.Ordinal);
            rows.Append(row).Append('\n');
        }

        File.AppendAllText(scene.Log, rows.ToString());
        File.WriteAllText(scene.Root + "/user.txt", "one\n");
        scene.Git("add", "-A");
        scene.Git("commit", "-q", "-m", "user");
        File.WriteAllText(scene.Root + "/user.txt", "stashed\n");
        scene.Git("stash", "-q");
        File.WriteAllText(scene.Root + "/user.txt", "staged\n");
        scene.Git("add", "user.txt");
        File.WriteAllText(scene.Root + "/user.txt", "staged and changed\n");
        File.WriteAllText(scene.Root + "/untracked.txt", "mine\n");
    }
}
