using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Extensions;

/// <summary>--idempotency-key: the same call again gets the recorded answer, another one is refused, and a killed one happens once.</summary>
public sealed class IdempotencyTests
{
    private const string Key = "run-7:step-3";

    /// <summary>Whatever could have been written before a call died; a fault is injected at each.</summary>
    private static readonly string[] Syscalls = ["write", "fdatasync", "fsync", "rename,renameat,renameat2", "flock"];

    public static IEnumerable<string> Mutations() =>
        ["start-implementation", "start-review", "transition", "append-history", "append-history 1.3.0", "accept-mission", "merge-mission", "claim-next"];

    [Test]
    [MethodDataSource(nameof(Mutations))]
    public async Task The_same_call_again_gets_the_recorded_answer(string mutation)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var (mission, argv, level) = await SceneAsync(sandbox, mutation);

        var first = (await CallAsync(sandbox, level, argv)).Ok();
        string log = mission.Log;
        string head = await sandbox.GitAsync("rev-parse", "HEAD");
        var second = (await CallAsync(sandbox, level, argv)).Ok();

        await Assert.That((first.GetProperty("replayed").GetBoolean(), second.GetProperty("replayed").GetBoolean())).IsEqualTo((false, true));
        await Assert.That(Without(second)).IsEqualTo(Without(first));
        await Assert.That(mission.Log).IsEqualTo(log);
        await Assert.That(await sandbox.GitAsync("rev-parse", "HEAD")).IsEqualTo(head);
    }

    [Test]
    [MethodDataSource(nameof(Mutations))]
    public async Task Another_call_with_the_key_is_refused(string mutation)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var (mission, argv, level) = await SceneAsync(sandbox, mutation);
        (await CallAsync(sandbox, level, argv)).Ok();
        string log = mission.Log;

        var other = (await sandbox.ApiAsync(
            "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "someone", "--note", "n", "--force", "--idempotency-key", Key)).Fails("IDEMPOTENCY_KEY_REUSED");

        await Assert.That(other.Envelope.ErrorCode).IsEqualTo("PREFLIGHT_FAILED");
        await Assert.That(other.Message).Contains(Key).And.Contains(argv[0]);
        await Assert.That(mission.Log).IsEqualTo(log);
    }

    [Test]
    public async Task A_refusal_is_not_recorded_and_leaves_no_file()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();
        string[] argv = ["transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "for_review", "--actor", "codex", "--policy", Policy.Valid, "--idempotency-key", Key];

        (await sandbox.ApiAsync(argv)).Fails("TRANSITION_REJECTED");
        await Assert.That(Directory.EnumerateFiles(sandbox.At(".git/spec-kitty-locks/idempotency"))).IsEmpty();
        mission.Put("WP01", "in_progress");

        await Assert.That((await sandbox.ApiAsync(argv)).Ok().GetProperty("replayed").GetBoolean()).IsFalse();
    }

    [Test]
    [Arguments("")]
    [Arguments("../x")]
    [Arguments("-x")]
    [Arguments("a b")]
    [Arguments("ä")]
    public async Task A_key_that_is_no_name_is_refused(string key)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();

        var call = (await mission.MovePlainAsync("WP01", "blocked", "--idempotency-key", key)).Fails("USAGE_ERROR");

        await Assert.That(call.Message).Contains("--idempotency-key");
        await Assert.That(mission.Rows.Length).IsEqualTo(1);
    }

    [Test]
    public async Task It_works_without_git_and_on_a_coordination_branch()
    {
        using var plain = Sandbox.WithoutGit();
        var mission = plain.Mission().Wp("WP01").Write();
        string[] argv = ["transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "codex", "--idempotency-key", Key];
        (await plain.ApiAsync(argv)).Ok();
        await Assert.That((await plain.ApiAsync(argv)).Ok().GetProperty("replayed").GetBoolean()).IsTrue();
        await Assert.That(Directory.Exists(plain.At(".git"))).IsFalse();

        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await CoordinatedMission.CreateAsync(sandbox);
        string[] claim = ["claim-next", "--mission", coordinated.Mission.DirectoryName, "--actor", "codex", "--policy", Policy.Valid, "--idempotency-key", Key];
        (await sandbox.ApiAsync(claim)).Ok();
        string tip = await coordinated.TipAsync();
        await Assert.That((await sandbox.ApiAsync(claim)).Ok().GetProperty("replayed").GetBoolean()).IsTrue();
        await Assert.That(await coordinated.TipAsync()).IsEqualTo(tip);
    }

    [Test]
    [NotInParallel]
    public async Task Of_twelve_repetitions_at_once_one_changes_something()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var (mission, argv, level) = await SceneAsync(sandbox, "append-history 1.3.0");
        int rows = mission.Rows.Length;

        var calls = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CallAsync(sandbox, level, argv)));

        await Assert.That(calls.Count(call => !call.Ok().GetProperty("replayed").GetBoolean())).IsEqualTo(1);
        await Assert.That(calls.Select(call => Without(call.Data)).Distinct().Count()).IsEqualTo(1);
        await Assert.That(mission.Rows.Length).IsEqualTo(rows + 1);
    }

    /// <summary>Killed at each write, sync, rename and lock of its own; the same call again succeeds and the change is there once.</summary>
    [Test]
    [Arguments("transition")]
    [Arguments("append-history")]
    [Arguments("append-history 1.3.0")]
    [Arguments("claim-next")]
    public async Task A_call_that_was_killed_anywhere_happens_once(string mutation)
    {
        foreach (string syscall in Syscalls)
        {
            for (int nth = 1; ; nth++)
            {
                using var sandbox = await Sandbox.WithGitAsync();
                await Tracer.RequireAsync(sandbox);
                var (mission, argv, level) = await SceneAsync(sandbox, mutation);
                int rows = mission.Rows.Length, notes = Notes(mission);

                bool wasKilled = await KillAsync(sandbox, level, syscall, nth, argv);
                var answer = (await CallAsync(sandbox, level, argv)).Ok();
                var again = (await CallAsync(sandbox, level, argv)).Ok();

                string where = $"{mutation}, {syscall} {nth}";
                Harness.Contract.Equal(Without(again), Without(answer), where);
                Harness.Contract.Equal((mission.Rows.Length - rows, Notes(mission) - notes), Change(mutation), where);
                if (!wasKilled)
                {
                    break;
                }
            }
        }
    }

    private static (int Rows, int Notes) Change(string mutation) => mutation switch
    {
        "transition" => (1, 0),
        "claim-next" => (2, 0),
        "append-history" => (0, 1),
        _ => (1, 0),
    };

    private static int Notes(Mission mission) =>
        Directory.EnumerateFiles(Path.Combine(mission.Directory, "tasks")).Sum(file => File.ReadAllText(file).Split("<!-- hist-").Length - 1);

    /// <summary>Runs the call until its <paramref name="nth"/> system call of a kind, and no further; false where there was none.</summary>
    private static async Task<bool> KillAsync(Sandbox sandbox, string level, string syscall, int nth, string[] argv)
    {
        string when = nth.ToString(CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string>(sandbox.Environment) { ["SPEC_KITTY_CONTRACT"] = level };
        string[] command =
        [
            "-qq", "-o", "/dev/null", "-e", $"trace={syscall}", "-e", $"inject={syscall}:signal=KILL:when={when}", await PublishedExecutable.PathAsync(), "orchestrator-api", .. argv,
        ];
        return (await Spawn.RunAsync("strace", command, sandbox.Root, environment)).ExitStatus == 137;
    }

    private static Task<Call> CallAsync(Sandbox sandbox, string level, string[] argv) => sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", level)], argv);

    private static string Without(JsonElement data) =>
        string.Join('\n', data.EnumerateObject().Where(member => member.Name != "replayed").Select(member => $"{member.Name}: {member.Value.GetRawText()}"));

    /// <summary>A mission on which the mutation succeeds, and its arguments with a key.</summary>
    private static async Task<(Mission Mission, string[] Argv, string Level)> SceneAsync(Sandbox sandbox, string mutation)
    {
        string[] words = mutation.Split(' ');
        var mission = sandbox.Mission().Wp("WP01").Wp("WP02").Write();
        if (words[0] is "merge-mission")
        {
            mission.WriteLanes(("lane-planning", ["WP01", "WP02"]));
        }

        await sandbox.CommitAsync("mission");
        switch (words[0])
        {
            case "start-review":
                mission.Put("WP01", "for_review");
                break;
            case "accept-mission" or "merge-mission":
                mission.Put("WP01", "approved");
                mission.Put("WP02", "approved");
                break;
            case "append-history":
                await sandbox.GitAsync("switch", "-q", "-c", "work");
                break;
        }

        string[] wp = ["--wp", "WP01"], actor = ["--actor", "codex"], policy = ["--policy", Policy.Valid];
        string[] more = words[0] switch
        {
            "transition" => [.. wp, .. actor, "--to", "blocked", "--note", "stuck"],
            "append-history" => [.. wp, .. actor, "--note", "a note"],
            "accept-mission" => actor,
            "merge-mission" => [],
            "claim-next" => [.. actor, .. policy],
            _ => [.. wp, .. actor, .. policy],
        };
        return (mission, [words[0], "--mission", mission.Slug, .. more, "--idempotency-key", Key], words.Length > 1 ? words[1] : "1.0.0");
    }
}
