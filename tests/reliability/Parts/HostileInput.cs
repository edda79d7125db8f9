using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// Calls whose arguments, and projects whose files, were valid before something happened to them: always one envelope with its exit status, stderr silent or one
/// line, no internal error, no secret repeated, and nothing on disk that a refused call or a read has changed.
/// </summary>
internal sealed class HostileInput : Part
{
    /// <summary>Stands beside every word that makes a value a secret; no answer may repeat it.</summary>
    private const string Canary = "c4n4ry-in-a-value";
    private const double MostMilliseconds = 20_000;
    private const int CallsAScene = 200;
    private const long MostMemoryKiB = 256 * 1024;

    /// <summary>One call of so many is traced for what it opens.</summary>
    private const int Traced = 40;

    private static readonly string[] Files = ["meta.json", "status.events.jsonl", "tasks/WP01-do-it.md", "tasks/WP02-do-it.md", "lanes.json", "tasks.md", "../../.kittify/config.yaml", "../../.kittify/metadata.yaml", "status.json"];

    private static readonly string[] Awkward =
    [
        "", " ", "\t", "\n", "\r\n", "..", ".", "/", "../..", "../../outside/secret", "/etc/passwd", "a/b", "WP01/../WP02", "*", "-", "--", "---", "--help=1", "--force", "@/etc/passwd", "[diagram]", "/?", "-h", "=", "WP1", "wp01", "WP001", "WP01 ", "WP01\n",
        "WP99", "WP01-do-it", "planned", "DONE", " claimed ", "genesis", "doing", "nolane", "077", "77", "0770", "77-", Scene.MissionId, Scene.MissionId[..8], "RELIABILITY", "reliability", "077-reliability/", "ann", "ann\u0000", "\uDC80\uDCFF", "\uDCC0\uDCAF",
        "\u202Eann", "\u2028", "\u0085", "\uFEFF", "é", "e\u0301", "\U0001F431", "%s%n", "$(id)", "`id`", "; id", "{}", "[]", "null", "{", "\"", "'", "\\", "\\u0000", "9999999999999999999", "-1", "0x10", "1e400", "NaN",
        "{\"review\": {\"reviewer\": \"r\", \"verdict\": \"approved\", \"reference\": \"x\"}}", "{\"a\": \"\\ud800\"}", "{\"a\": 1, \"a\": 2}", "# heading\n---\n", "<!-- hist-0 -->", "1.0.0", "merge", "squash", "rebase", "refs/heads/main", "-f", "HEAD", "main",
    ];

    private static readonly string[] Pieces =
    [
        "\"", "\\", "{", "}", "[", "]", ":", ",", "null", "true", "1e400", "-0", "\\ud800", "\\u0000", "\uFEFF", "\u2028", "\0", "\n", "\r", "\t", "---\n", "- ", "&a ", "*a", "<<: *a\n", "!!x ", "|\n", "\"a\": 1, ", "\"mission_id\": 5, ", "\"event_id\": \"x\", ",
        "work_package_id: WP02\n", "dependencies: [WP01]\n", "dependencies: [WP02, WP03]\n", "orchestrator_api: {contract: 1.3.0}\n", "spec_kitty: {schema_version: 3}\n", "\uDCFF", "\uDCED\uDCA0\uDC80", "../../outside", "\"coordination_branch\": \"kitty/x\", ",
        "\"kind\": \"annotation\", ", "\"event_type\": 1, ", "\"at\": \"9999-12-31T23:59:59.999999+00:00\"", "token", "WP01", "planned", "## Activity Log\n",
    ];

    public override string Name => "hostile-input";

    public override string Subject => "calls with mutated arguments and mutated files; one envelope, nothing changed by a refused one";

    public override void Run(Options options, Report report)
    {
        int calls = options.Count(2_000, 100_000, 1_000_000);
        double slowest = 0;
        long memory = 0;
        var gate = new System.Threading.Lock();
        Work.Each(Enumerable.Range(0, Math.Max(1, calls / CallsAScene)), options.Jobs, number =>
        {
            var random = new Random(HashCode.Combine(options.Seed, number));
            using var scene = new Scene(new SceneKind(Git: number % 3 == 0, Chain: number % 2 == 0, Lanes: true, LaneWork: number % 6 == 0, Branch: number % 9 == 0 ? "topic" : "main"));
            Directory.CreateDirectory(scene.Top + "/outside");
            File.WriteAllText(scene.Top + "/outside/secret", $"{{\"mission_slug\": \"{Canary}\"}}\n");
            for (int i = 0; i < CallsAScene; i++)
            {
                string? restore = null;
                byte[] original = [];
                string broken = "";
                if (random.Next(2) == 0)
                {
                    string file = Files[random.Next(Files.Length)];
                    restore = Path.GetFullPath(scene.MissionDirectory + "/" + file);
                    original = File.Exists(restore) ? File.ReadAllBytes(restore) : [];
                    Directory.CreateDirectory(Path.GetDirectoryName(restore)!);
                    File.WriteAllBytes(restore, Mutate(random, original));
                    broken = ", " + file + " broken";
                }

                string[] argv = Argv(random);
                var before = TreeState.Of(scene);
                string setting = random.Next(4) == 0 ? "SPEC_KITTY_CONTRACT=1." + random.Next(5) + ".0" : "LANG=C";
                bool isTraced = i % Traced == number % Traced;
                var answer = isTraced ? scene.Call(argv, Opened.Trace(scene.Top + ".trace"), setting).Run() : scene.WatchedCall(argv, setting).Run();
                lock (gate)
                {
                    slowest = Math.Max(slowest, answer.Milliseconds);
                    memory = Math.Max(memory, answer.MemoryKiB);
                }

                report.Tally("· " + (answer.Output.AsSpan().StartsWith("Description:"u8) ? "help" : answer.Succeeded ? "success" : answer.Envelope.Reason));
                string? opened = isTraced ? Opened.Outside(scene.Top + ".trace", scene) : answer.MemoryKiB > MostMemoryKiB ? $"{answer.MemoryKiB / 1024} MiB" : null;
                report.Case(opened ?? Judge(answer, before, TreeState.Of(scene)), $"{argv.FirstOrDefault()}{broken}, seed {options.Seed}, scene {number}, call {i}", answer);
                if (restore is not null && original.Length > 0)
                {
                    File.WriteAllBytes(restore, original);
                }
                else if (restore is not null)
                {
                    File.Delete(restore);
                }
            }
        });
        report.Figure("largest memory", (memory / 1024).ToString(CultureInfo.InvariantCulture) + " MiB");
        report.Figure("slowest", slowest.ToString("F0", CultureInfo.InvariantCulture) + " ms");
    }

    private static string[] Argv(Random random)
    {
        var argv = Valid(random);
        for (int steps = random.Next(3); steps > 0; steps--)
        {
            // Mostly a value: a call whose flags are wrong gets no further than the parser.
            int at = random.Next(4) == 0 ? random.Next(argv.Count) : Math.Min(argv.Count - 1, 2 + (2 * random.Next(argv.Count / 2)));
            switch (random.Next(9))
            {
                case 0 when random.Next(3) == 0:
                    argv.RemoveAt(at);
                    break;
                case 1 when random.Next(3) == 0:
                    argv.Insert(at, Awkward[random.Next(Awkward.Length)]);
                    break;
                case 2:
                    argv.AddRange(Valid(random).Skip(random.Next(6)));
                    break;
                case 3 when random.Next(6) == 0:
                    argv[at] = Large(random);
                    break;
                case 4 or 5 or 6 when at > 0 && argv[at].Length > 0:
                    argv[at] = Latin(Mutate(random, Encoding.UTF8.GetBytes(argv[at])));
                    break;
                default:
                    argv[at] = Awkward[random.Next(Awkward.Length)];
                    break;
            }

            if (argv.Count == 0)
            {
                argv.Add("");
            }
        }

        // No argument of a process can hold a NUL.
        return [.. argv.Select(static argument => argument.Replace("\0", "", StringComparison.Ordinal))];
    }

    private static List<string> Valid(Random random)
    {
        string wp = "WP0" + random.Next(1, 4), actor = random.Next(2) == 0 ? "ann" : "bob";
        return random.Next(12) switch
        {
            0 => [.. Calls.State()],
            1 => [.. Calls.Ready()],
            2 or 3 => [.. Calls.Start(wp, actor, "t")],
            4 => [.. Calls.Review(wp, actor, "t")],
            5 => [.. Calls.ForReview(wp, actor, "t")],
            6 => [.. Calls.Move(wp, "done", actor, "t", "--evidence-json", Calls.Evidence)],
            7 => [.. Calls.Move(wp, "blocked", actor, $"a token {Canary}")],
            8 => [.. Calls.History(wp, actor, "note")],
            9 => [.. Calls.Accept(actor)],
            10 => [.. Calls.Merge("--target", "main")],
            _ => ["contract-version", "--provider-version", "1.0.0"],
        };
    }

    /// <summary>Long, deep, or both; Linux takes 128 KiB an argument at most.</summary>
    private static string Large(Random random) => random.Next(5) switch
    {
        0 => new string('x', 120_000),
        1 => "{\"a\": " + new string('[', 10_000) + new string(']', 10_000) + "}",
        2 => string.Concat(Enumerable.Repeat("{\"a\":", 10_000)),
        3 => Calls.Policy("t")[..^1] + ", \"b\": {" + string.Join(", ", Enumerable.Range(0, 8_000).Select(static i => $"\"k{i}\": 1")) + "}}",
        _ => Calls.Policy(string.Concat(Enumerable.Repeat("\U0001F431\u2028", 4_000))),
    };

    private static byte[] Mutate(Random random, byte[] original)
    {
        var bytes = new List<byte>(original);
        for (int steps = 1 + random.Next(3); steps > 0; steps--)
        {
            int at = random.Next(bytes.Count + 1), length = Math.Min(random.Next(20), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : 0);
                    break;
                default:
                    bytes.InsertRange(at, Bytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>UTF-8, and single bytes for the half surrogates that stand for them.</summary>
    private static byte[] Bytes(string piece) => [.. piece.EnumerateRunes().SelectMany((rune, i) => rune.Value == 0xFFFD && piece[i] >= '\uDC80' ? [(byte)piece[i]] : Encoding.UTF8.GetBytes(rune.ToString()))];

    /// <summary>Bytes as an argument: what is no UTF-8 as the half surrogates by which the harness passes it on.</summary>
    private static string Latin(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (byte b in bytes)
        {
            text.Append(b < 0x80 ? (char)b : (char)(0xDC00 + b));
        }

        return text.ToString();
    }

    private static string? Judge(Answer answer, TreeState before, TreeState after)
    {
        bool isHelp = answer.ExitCode == 0 && answer.Output.AsSpan().StartsWith("Description:"u8);
        var changes = before.Changes(after);
        if (answer.Hung || answer.Milliseconds > MostMilliseconds)
        {
            return $"{answer.Milliseconds:F0} ms";
        }

        if (!isHelp && answer.Envelope.Problem is { } problem)
        {
            return "no envelope: " + problem;
        }

        if (answer.Errors.Length > 0 && (isHelp || answer.Succeeded || answer.Errors.AsSpan().IndexOf((byte)'\n') != answer.Errors.Length - 1))
        {
            return "stderr: " + Encoding.UTF8.GetString(answer.Errors);
        }

        if (!isHelp && answer.Envelope.Reason is "INTERNAL_ERROR")
        {
            return "INTERNAL_ERROR";
        }

        if (changes.Exists(static change => change.Contains("/outside", StringComparison.Ordinal)))
        {
            return "outside: " + string.Join(' ', changes);
        }

        if (!isHelp && answer.Envelope.Reason == "POLICY_VALIDATION_FAILED" && answer.Output.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Canary)) >= 0)
        {
            return "the answer repeats " + Canary;
        }

        bool isRead = isHelp || answer.Envelope.Command is "orchestrator-api.mission-state" or "orchestrator-api.list-ready" or "orchestrator-api.contract-version" or "orchestrator-api.resolve-workspace" or "orchestrator-api.unknown";
        return (isRead || (!answer.Succeeded && answer.Envelope.Effect == "none")) && changes.Count > 0 ? $"{(isRead ? "a read" : "effect none")}, yet {string.Join(' ', changes)}" : null;
    }
}
