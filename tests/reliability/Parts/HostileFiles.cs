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
/// Everything that can stand in a file's place, in every file's place: an envelope in bounded time and memory, a refused call changes
/// nothing, and nothing outside the project is read into an answer or touched.
/// </summary>
internal sealed class HostileFiles : Part
{
    /// <summary>Stands in files outside the project, and in the environment; no answer may repeat it.</summary>
    private const string Secret = "c4n4ry-of-the-outside";
    /// <summary>Marks a place in a project whose mission has a coordination branch, and its worktree.</summary>
    private const string CoordinationPlace = "coordination:";

    private const long MostMemoryKiB = 256 * 1024;
    private const double MostMilliseconds = 10_000;

    private static readonly string[] Places =
    [
        "kitty-specs/077-reliability/meta.json", "kitty-specs/077-reliability/status.events.jsonl", "kitty-specs/077-reliability/status.json",
        "kitty-specs/077-reliability/tasks/WP01-do-it.md", "kitty-specs/077-reliability/tasks", "kitty-specs/077-reliability/tasks.md",
        "kitty-specs/077-reliability/lanes.json", "kitty-specs/077-reliability", "kitty-specs", ".kittify/config.yaml", ".kittify/metadata.yaml", ".kittify",
        ".git/HEAD", ".git", ".kittify/spec-kitty-locks", ".git/spec-kitty-locks", "kitty-specs/077-reliability/.status.json.spec-kitty.tmp",
        "kitty-specs/077-reliability/tasks/WP01.md", "kitty-specs/078-other/meta.json", ".kittify/spec-kitty-locks/077-reliability.status.lock", ".git/spec-kitty-locks/077-reliability.status.lock",
        CoordinationPlace + ".worktrees", CoordinationPlace + ".worktrees/077-reliability-01JQ8Z4T-coord", CoordinationPlace + ".worktrees/077-reliability-01JQ8Z4T-coord/.git",
        CoordinationPlace + ".worktrees/077-reliability-01JQ8Z4T-coord/kitty-specs", CoordinationPlace + ".worktrees/077-reliability-01JQ8Z4T-coord/kitty-specs/077-reliability/status.events.jsonl",
    ];

    private static readonly (string Name, Action<string, string> Put)[] Shapes =
    [
        ("nothing", (path, _) => Directory.CreateDirectory(Path.GetDirectoryName(path)!)),
        ("an empty file", (path, _) => File.WriteAllText(path, "")),
        ("a directory", (path, _) => Directory.CreateDirectory(path)),
        ("a FIFO", (path, _) => Native.MakeFifo(path, 0x1B6)),
        ("a dangling link", (path, _) => File.CreateSymbolicLink(path, "nowhere")),
        ("a link to itself", (path, _) => File.CreateSymbolicLink(path, Path.GetFileName(path))),
        ("a link to a file outside", (path, top) => File.CreateSymbolicLink(path, top + "/outside/secret")),
        ("a relative link to a file outside", (path, _) => File.CreateSymbolicLink(path, Up(path) + "outside/secret")),
        ("a link to a directory outside", (path, top) => File.CreateSymbolicLink(path, top + "/outside/mission")),
        ("a link to /dev/zero", (path, _) => File.CreateSymbolicLink(path, "/dev/zero")),
        ("a link to /proc/self/environ", (path, _) => File.CreateSymbolicLink(path, "/proc/self/environ")),
        ("2 GiB of nothing", (path, _) => Sparse(path, 2L << 30)),
        ("one line of 10 MB", (path, _) => File.WriteAllText(path, "{\"a\": \"" + new string('x', 10_000_000) + "\"}\n")),
        ("10 MB of line feeds", (path, _) => File.WriteAllText(path, new string('\n', 10_000_000))),
        ("JSON 10,000 deep", (path, _) => File.WriteAllText(path, Deep(10_000))),
        ("JSON 1,000,000 deep", (path, _) => File.WriteAllText(path, Deep(1_000_000))),
        ("YAML 10,000 deep", (path, _) => File.WriteAllText(path, "---\nwork_package_id: WP01\ndependencies: " + new string('[', 10_000) + "\n---\n")),
        ("a YAML bomb", (path, _) => File.WriteAllText(path, YamlBomb())),
        ("lone surrogates", (path, _) => File.WriteAllText(path, "{\"mission_slug\": \"\\ud800\", \"mission_id\": \"\\udfff\\ud800\", \"wp_id\": \"\\ud800\"}\n")),
        ("duplicate keys", (path, _) => File.WriteAllText(path, "{\"mission_slug\": \"a\", \"mission_slug\": \"b\", \"mission_id\": 1, \"mission_id\": null}\n")),
        ("bytes that are no UTF-8", (path, _) => File.WriteAllBytes(path, [0xFF, 0xFE, 0x7B, 0x80, 0x0A, 0xC0, 0xAF, 0x0A])),
        ("NULs", (path, _) => File.WriteAllBytes(path, new byte[5000])),
        ("a number", (path, _) => File.WriteAllText(path, "1e999999\n")),
        ("an array", (path, _) => File.WriteAllText(path, "[{}]\n")),
        ("100,000 short lines", (path, _) => File.WriteAllText(path, string.Concat(Enumerable.Repeat("{\"event_type\": 1}\n", 100_000)))),
    ];

    public override string Name => "hostile-files";

    public override string Subject => "25 things in the place of each file; in bounded time and memory, nothing outside touched";

    public override void Run(Options options, Report report)
    {
        var trials = options.Share(Places.SelectMany(place => Shapes.Select(shape => (Place: place, Shape: shape, Git: !place.StartsWith(".kittify/spec", StringComparison.Ordinal) && (place != ".kittify" || shape.Name.Length % 2 == 0)))), 12);

        long memory = 0;
        double slowest = 0;
        string largest = "";
        var gate = new System.Threading.Lock();
        Work.Each(trials.Select((trial, number) => (trial.Place, trial.Shape, trial.Git, Number: number)), options.Jobs, trial =>
        {
            int at = 0;
            foreach (var (name, argv) in Commands())
            {
                // The memory of one of a trial's calls is not looked at: strace looks at what it opens instead.
                bool isTraced = (at++ + trial.Number) % Commands().Length == 0;
                bool isCoordination = trial.Place.StartsWith(CoordinationPlace, StringComparison.Ordinal);
                string place = isCoordination ? trial.Place[CoordinationPlace.Length..] : trial.Place;
                using var scene = new Scene(isCoordination ? new SceneKind(Git: true, Coordination: true) : new SceneKind(Git: trial.Git));
                string outside = Outside(scene);
                if (isCoordination)
                {
                    scene.Prepare(Calls.Start("WP03", "ann", "before"));
                }

                Arrange(scene, place, trial.Shape.Put);
                var before = TreeState.Of(scene.Root);
                var beyond = TreeState.Of(outside);
                string trace = outside + ".trace";
                string[] limits = ["SPEC_KITTY_LOCK_TIMEOUT_MS=500", "SPEC_KITTY_DEADLINE_MS=8000", "ELSEWHERE=" + Secret];
                var answer = isTraced ? scene.Call(argv, Opened.Trace(trace), limits).Run() : scene.WatchedCall(argv, limits).Run();
                lock (gate)
                {
                    if (answer.MemoryKiB > memory)
                    {
                        (memory, largest) = (answer.MemoryKiB, $"{name}, {trial.Shape.Name} for {Path.GetFileName(trial.Place)}");
                    }

                    slowest = Math.Max(slowest, answer.Milliseconds);
                }

                report.Tally("· " + (answer.Succeeded ? "success" : answer.Envelope.Reason));
                // Where worktrees lie is the user's choice, on another disk by a link, say: whether one is there has to be looked at.
                bool isWorktree = place.StartsWith(".worktrees", StringComparison.Ordinal) && place.Count(static c => c == '/') < 2;
                string? opened = isTraced && !isWorktree && !place.StartsWith(".git", StringComparison.Ordinal) ? Opened.Outside(trace, scene) : null;
                report.Case(opened ?? Judge(scene, place, answer, before, beyond, outside), $"{name} with {trial.Shape.Name} for {trial.Place}", answer);
            }
        });
        report.Figure("opens looked at in", trials.Count.ToString("N0", CultureInfo.InvariantCulture) + " calls");
        report.Figure("largest memory", (memory / 1024).ToString(CultureInfo.InvariantCulture) + $" MiB ({largest})");
        report.Figure("slowest", slowest.ToString("F0", CultureInfo.InvariantCulture) + " ms");
    }

    private static (string Name, string[] Argv)[] Commands() =>
    [
        ("mission-state", Calls.State()),
        ("list-ready", Calls.Ready()),
        ("start-implementation", Calls.Start("WP01", "ann", "t")),
        ("transition", Calls.Move("WP01", "blocked", "ann", "t")),
        ("append-history", Calls.History("WP01", "ann", "note")),
        ("accept-mission", Calls.Accept("ann")),
        ("merge-mission", Calls.Merge()),
    ];

    private static string Outside(Scene scene)
    {
        string outside = scene.Top + "/outside";
        Directory.CreateDirectory(outside + "/mission/tasks");
        File.WriteAllText(outside + "/secret", $"{{\"mission_slug\": \"{Secret}\", \"mission_id\": \"{Secret}\"}}\n");
        File.WriteAllText(outside + "/mission/meta.json", $"{{\"mission_slug\": \"{Secret}\"}}\n");
        File.WriteAllText(outside + "/mission/tasks/WP01-do-it.md", "---\nwork_package_id: WP01\ndependencies: []\n---\n");
        return outside;
    }

    private static void Arrange(Scene scene, string place, Action<string, string> put)
    {
        string path = scene.Root + "/" + place;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        File.Delete(path);
        put(path, scene.Top);
    }

    private static string? Judge(Scene scene, string place, Answer answer, TreeState before, TreeState beyond, string outside)
    {
        if (answer.Hung || answer.Milliseconds > MostMilliseconds)
        {
            return $"{answer.Milliseconds:F0} ms";
        }

        if (answer.Envelope.Problem is { } problem)
        {
            return "no envelope: " + problem;
        }

        if (answer.MemoryKiB > MostMemoryKiB)
        {
            return $"{answer.MemoryKiB / 1024} MiB";
        }

        if (Encoding.UTF8.GetString(answer.Output).Contains(Secret, StringComparison.Ordinal))
        {
            return "the answer tells what is outside";
        }

        // Whoever can put a link into a repository's own directory can run code with its hooks: that directory is trusted, the project's is not.
        if (!place.StartsWith(".git", StringComparison.Ordinal) && beyond.Changes(TreeState.Of(outside)) is { Count: > 0 } touched)
        {
            return "outside: " + string.Join(' ', touched);
        }

        bool isRead = answer.Envelope.Command is "orchestrator-api.mission-state" or "orchestrator-api.list-ready";
        return (isRead || (!answer.Succeeded && answer.Envelope.Effect == "none")) && before.Changes(TreeState.Of(scene.Root)) is { Count: > 0 } changes
            ? $"{(isRead ? "a read" : "effect none")}, yet {string.Join(' ', changes)}"
            : answer.Envelope.Reason == "INTERNAL_ERROR" ? "INTERNAL_ERROR" : null;
    }

    private static string Up(string path) => string.Concat(Enumerable.Repeat("../", path[path.IndexOf("/project/", StringComparison.Ordinal)..].Count(c => c == '/') - 1));

    private static void Sparse(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Create);
        file.SetLength(length);
    }

    private static string Deep(int depth) => "{\"a\": " + new string('[', depth) + new string(']', depth) + "}\n";

    private static string YamlBomb()
    {
        var bomb = new StringBuilder("---\nwork_package_id: WP01\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }

        return bomb.Append("dependencies: *a29\n---\n").ToString();
    }
}
