using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Another host writes to the same missions: same lock, same rows (HOST §1.3, §1.11), or, at its worst, no lock at all.</summary>
[NotInParallel]
public sealed class BothHostsTests
{
    private const string Writer = """
        import datetime, fcntl, json, os, random, subprocess, sys
        lock, log, mode, count, wp, source, target, actor = sys.argv[1:9]
        alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        def ulid(at):
            n = (int(at.timestamp() * 1000) << 80) | random.getrandbits(80)
            return "".join(alphabet[(n >> (5 * i)) & 31] for i in range(25, -1, -1))
        os.makedirs(os.path.dirname(lock), exist_ok=True)
        for _ in range(int(count)):
            fd = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
            if mode != "unlocked":
                fcntl.flock(fd, fcntl.LOCK_EX)
            at = datetime.datetime.now(datetime.timezone.utc)
            row = {"actor": actor, "at": at.isoformat(), "event_id": ulid(at), "evidence": None, "execution_mode": "worktree", "force": True, "from_lane": source,
                   "mission_slug": "demo", "policy_metadata": None, "reason": "na\u00efve", "review_ref": None, "to_lane": target, "wp_id": wp}
            with open(log, "a", encoding="utf-8") as f:
                f.write(json.dumps(row, sort_keys=True) + "\n")
            if mode == "committed":
                subprocess.run(["git", "commit", "-q", "--only", "-m", "chore(spec-kitty): status transition " + wp, "--", log], cwd=os.path.dirname(log), check=True)
            os.close(fd)
        """;

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_row_between_any_two_calls_is_honoured(bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = isCoordinated ? await CoordinatedMission.CreateAsync(sandbox) : null;
        var mission = coordinated?.Mission ?? await sandbox.Mission().CommitAsync();
        async Task ForeignAsync(string wp, string source, string target, string actor) => await WriteAsync(
            sandbox, mission, coordinated?.LogPath ?? mission.LogPath, isCoordinated ? "committed" : "locked", 1, wp, source, target, actor);

        await ForeignAsync("WP01", "planned", "claimed", "codex");
        await Assert.That((await mission.StartAsync("WP01")).Ok().GetProperty("from_lane").GetString()).IsEqualTo("claimed");
        await ForeignAsync("WP01", "in_progress", "for_review", "foreign");
        await Assert.That((await mission.ReviewAsync("WP01")).Ok().GetProperty("from_lane").GetString()).IsEqualTo("for_review");
        await ForeignAsync("WP01", "in_review", "planned", "foreign");
        (await mission.MoveAsync("WP01", "approved", "--evidence-json", Mission.Evidence)).Fails("TRANSITION_REJECTED");
        await ForeignAsync("WP01", "planned", "in_progress", "foreign");
        await Assert.That((await mission.StartAsync("WP01")).Fails("WP_ALREADY_CLAIMED").Text("claimed_by")).IsEqualTo("foreign");
        (await mission.StartAsync("WP02")).Fails("DEPENDENCIES_NOT_SATISFIED");
        await ForeignAsync("WP01", "in_progress", "approved", "foreign");
        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP02");
        (await mission.StartAsync("WP02")).Ok();
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("approved");
        if (coordinated is not null)
        {
            await coordinated.IsCommittedAsync();
        }
    }

    /// <summary>Every gap between two calls of a work package's whole way: there the other host takes it away, and gives it back.</summary>
    [Test]
    [Arguments("locked", false)]
    [Arguments("locked", true)]
    [Arguments("committed", true)]
    public async Task What_the_other_host_writes_in_any_gap_decides_the_next_call(string mode, bool isCoordinated)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = isCoordinated ? await CoordinatedMission.CreateAsync(sandbox) : null;
        var mission = coordinated?.Mission ?? await sandbox.Mission().CommitAsync();
        var log = coordinated?.LogPath ?? mission.LogPath;
        (string Lane, Func<Task<Call>> Call)[] way =
        [
            ("planned", () => mission.StartAsync("WP01")),
            ("in_progress", () => mission.MoveAsync("WP01", "for_review", "--subtasks-complete", "--implementation-evidence-present")),
            ("for_review", () => mission.ReviewAsync("WP01")),
            ("in_review", () => mission.MoveAsync("WP01", "approved", "--evidence-json", Mission.Evidence)),
            ("approved", () => mission.MoveAsync("WP01", "done", "--evidence-json", Mission.Evidence)),
        ];

        foreach (var (lane, call) in way)
        {
            await WriteAsync(sandbox, mission, log, mode, 1, "WP01", lane, "canceled", "foreign");
            var taken = File.ReadAllText(log);
            await Assert.That((await call()).Fails("TRANSITION_REJECTED").Message).Contains("canceled");
            await Assert.That(File.ReadAllText(log)).IsEqualTo(taken);
            await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("canceled");

            await WriteAsync(sandbox, mission, log, mode, 1, "WP01", "canceled", lane, "foreign");
            var given = File.ReadAllText(log);
            await Assert.That((await call()).Ok().GetProperty("from_lane").GetString()).IsEqualTo(lane);
            await Assert.That(File.ReadAllText(log)).StartsWith(given);
        }

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("done");
        await Assert.That(File.ReadLines(log).Count(row => row.Contains("na\\u00efve", StringComparison.Ordinal))).IsEqualTo(2 * way.Length);
        if (coordinated is not null)
        {
            await coordinated.IsCommittedAsync();
        }
    }

    [Test]
    public async Task Writers_that_take_the_lock_lose_nothing_and_make_nobody_lose_anything()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().Wp("WP01").Wp("WP02").CommitAsync();
        var foreign = Enumerable.Range(0, 2).Select(_ => WriteAsync(sandbox, mission, mission.LogPath, "locked", 40, "WP02", "planned", "planned", "foreign")).ToArray();

        var calls = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => mission.MovePlainAsync("WP01", "planned", "--force", "--note", "again")));
        await Task.WhenAll(foreign);

        foreach (var call in calls)
        {
            call.Ok();
        }

        await Assert.That(mission.Rows.Length).IsEqualTo(2 + 80 + 12);
        await Assert.That((await mission.StateAsync()).Ok().GetProperty("work_packages").GetArrayLength()).IsEqualTo(2);
    }

    [Test]
    public async Task A_writer_without_the_lock_can_at_worst_make_a_call_refuse()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().Wp("WP01").Wp("WP02").CommitAsync();
        var seeded = mission.Log;
        var foreign = Enumerable.Range(0, 2).Select(_ => WriteAsync(sandbox, mission, mission.LogPath, "unlocked", 400, "WP02", "planned", "planned", "foreign")).ToArray();

        var acknowledged = 0;
        do
        {
            var call = await mission.MovePlainAsync("WP01", "planned", "--force", "--note", "again");
            acknowledged += call.Envelope.Success ? 1 : 0;
            await Assert.That(call.Envelope.Success || call.Text("effect") == "none").IsTrue();
        }
        while (!foreign.All(task => task.IsCompleted));
        await Task.WhenAll(foreign);

        await Assert.That(mission.Log).StartsWith(seeded);
        await Assert.That(mission.Rows.Count(row => row.GetProperty("actor").GetString() == "foreign")).IsEqualTo(800);
        await Assert.That(mission.Rows.Count(row => row.GetProperty("actor").GetString() == "codex")).IsEqualTo(acknowledged);
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("planned");
    }

    [Test]
    public async Task A_writer_without_the_lock_in_the_coordination_worktree_loses_nothing_either()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await CoordinatedMission.CreateAsync(sandbox);
        var mission = coordinated.Mission;
        var foreign = WriteAsync(sandbox, mission, coordinated.LogPath, "unlocked", 600, "WP02", "planned", "planned", "foreign");

        int calls = 0, acknowledged = 0, left = 0;
        do
        {
            var call = await mission.MovePlainAsync("WP01", "planned", "--force", "--note", "again");
            calls++;
            acknowledged += call.Envelope.Success ? 1 : 0;
            left += !call.Envelope.Success && call.Text("effect") != "none" ? 1 : 0;
        }
        while (!foreign.IsCompleted || calls < 5);
        await foreign;
        (await mission.MovePlainAsync("WP01", "planned", "--force", "--note", "last")).Ok();

        var own = coordinated.Rows.Count(row => row.GetProperty("actor").GetString() == "codex");
        await Assert.That(coordinated.Rows.Count(row => row.GetProperty("actor").GetString() == "foreign")).IsEqualTo(600);
        await Assert.That(own).IsBetween(acknowledged + 1, acknowledged + 1 + left);
        await coordinated.IsCommittedAsync();
    }

    /// <summary>Lets the other host write rows.</summary>
    private static async Task WriteAsync(
        Sandbox sandbox, Mission mission, string log, string mode, int count, string wp, string source, string target, string actor)
    {
        var script = Path.Combine(sandbox.Top, "writer.py");
        if (!File.Exists(script))
        {
            File.WriteAllText(script, Writer);
        }

        var result = await Spawn.RunAsync(
            "python3",
            [script, mission.LockPath, log, mode, count.ToString(System.Globalization.CultureInfo.InvariantCulture), wp, source, target, actor],
            sandbox.Root,
            sandbox.Environment);
        if (result.ExitStatus != 0)
        {
            throw new InvalidOperationException(result.StderrText);
        }
    }
}
