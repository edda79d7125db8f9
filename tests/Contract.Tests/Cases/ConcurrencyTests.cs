using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Several processes on one mission: one owner, nothing lost, bounded waits, readers never held up (DESIGN I3, I5, I6, I11).</summary>
[NotInParallel]
public sealed class ConcurrencyTests
{
    /// <summary>Generous: these tests are about who wins, not about how fast a busy machine is.</summary>
    private static readonly (string Name, string Value)[] Patient = [("SPEC_KITTY_LOCK_TIMEOUT_MS", "60000"), ("SPEC_KITTY_DEADLINE_MS", "80000")];

    private const int Terminate = 15;
    private const int Hangup = 1;
    private const int Interrupt = 2;

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task Of_thirty_two_claimants_one_wins(bool git)
    {
        using var sandbox = git ? await Sandbox.WithGitAsync() : Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();

        var calls = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => StartAsync(sandbox, mission, "WP01", $"agent-{i}")));

        var winner = calls.Single(call => call.Envelope.Success);
        var owner = winner.Argv[^3];
        foreach (var call in calls.Where(call => call != winner))
        {
            await Assert.That(call.Fails("WP_ALREADY_CLAIMED").Text("claimed_by")).IsEqualTo(owner);
        }

        await Assert.That(mission.Rows.Length).IsEqualTo(3);
        await Assert.That(mission.Rows[^1].GetProperty("actor").GetString()).IsEqualTo(owner);
    }

    [Test]
    public async Task Of_sixteen_reviewers_one_wins()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();
        mission.Put("WP01", "for_review");

        var calls = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => sandbox.ApiWithAsync(
            Patient, "start-review", "--mission", mission.Slug, "--wp", "WP01", "--policy", Policy.Valid, "--actor", $"reviewer-{i}")));

        await Assert.That(calls.Count(call => call.Envelope.Success)).IsEqualTo(1);
        await Assert.That(mission.Rows.Length).IsEqualTo(3);
    }

    [Test]
    public async Task One_actor_asking_sixteen_times_at_once_starts_once()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();

        var calls = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => StartAsync(sandbox, mission, "WP01", "codex")));

        await Assert.That(calls.Count(call => !call.Ok().GetProperty("no_op").GetBoolean())).IsEqualTo(1);
        await Assert.That(mission.Rows.Length).IsEqualTo(3);
    }

    [Test]
    public async Task Twenty_four_work_packages_started_at_once_are_all_started_while_readers_read()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var wps = Enumerable.Range(1, 24).Select(i => $"WP{i:D2}").ToArray();
        var builder = sandbox.Mission();
        foreach (var wp in wps)
        {
            builder.Wp(wp);
        }

        var mission = builder.Write();
        var seeded = mission.Log;

        var writers = Task.WhenAll(wps.Select(wp => StartAsync(sandbox, mission, wp, wp)));
        var started = 0;
        while (!writers.IsCompleted)
        {
            var data = (await mission.StateAsync()).Ok();
            var now = data.GetProperty("summary").GetProperty("in_progress").GetInt32();
            await Assert.That(now).IsGreaterThanOrEqualTo(started);
            started = now;
        }

        foreach (var call in await writers)
        {
            await Assert.That(call.Ok().GetProperty("no_op").GetBoolean()).IsFalse();
        }

        await Assert.That((await mission.LanesAsync()).Values.Distinct().Single()).IsEqualTo("in_progress");
        await Assert.That(mission.Log).StartsWith(seeded);
        await Assert.That(mission.Rows.Length).IsEqualTo(72);
        await Assert.That(mission.Rows.Select(row => row.GetProperty("event_id").GetString()).Distinct().Count()).IsEqualTo(72);
        var times = mission.Rows.Skip(24).Select(row => row.GetProperty("at").GetString()!).ToArray();
        await Assert.That(string.Join(' ', times)).IsEqualTo(string.Join(' ', times.Order(StringComparer.Ordinal)));
        await Assert.That(StrictJson.Parse(mission.Read("status.json")).GetProperty("event_count").GetInt32()).IsEqualTo(72);
        await Assert.That(string.Join(' ', Directory.GetFiles(mission.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal))).IsEqualTo(
            "meta.json spec.md status.events.jsonl status.json");
    }

    [Test]
    public async Task The_wait_for_the_lock_is_bounded_and_reads_do_not_wait()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        using (new HeldLock(mission.LockPath))
        {
            var before = sandbox.Tree();
            var call = await sandbox.ApiWithAsync(
                [("SPEC_KITTY_LOCK_TIMEOUT_MS", "50")], "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);
            call.Fails("LOCK_TIMEOUT");
            await Assert.That(call.Text("effect")).IsEqualTo("none");
            (await mission.StateAsync()).Ok();
            (await mission.ReadyAsync()).Ok();
            sandbox.Tree().MustEqual(before, "a refused call");
        }

        (await mission.StartAsync("WP01")).Ok();
        await Assert.That(File.Exists(mission.LockPath)).IsTrue();
    }

    [Test]
    public async Task A_waiting_mutation_goes_on_when_the_lock_is_free_and_sees_what_happened_meanwhile()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        Call call;
        using (var held = new HeldLock(mission.LockPath))
        {
            using var running = await RunningCall.StartAsync(
                sandbox, Patient, "orchestrator-api", "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "late", "--policy", Policy.Valid);
            await running.HasOpenAsync(mission.LockPath);
            mission.Put("WP01", "claimed", actor: "early");
            held.Dispose();
            call = await running.EndAsync();
        }

        await Assert.That(call.Fails("WP_ALREADY_CLAIMED").Text("claimed_by")).IsEqualTo("early");
    }

    [Test]
    [Arguments(Terminate)]
    [Arguments(Interrupt)]
    [Arguments(Hangup)]
    public async Task A_signal_during_the_wait_gives_an_envelope_and_changes_nothing(int signal)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        using var held = new HeldLock(mission.LockPath);
        var before = sandbox.Tree();
        using var running = await RunningCall.StartAsync(
            sandbox, Patient, "orchestrator-api", "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);
        await running.HasOpenAsync(mission.LockPath);

        running.Signal(signal);
        var call = await running.EndAsync();

        call.Fails("INTERRUPTED", status: 128 + signal);
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        sandbox.Tree().MustEqual(before, "an interrupted call");
    }

    [Test]
    public async Task A_signal_is_noted_where_libc_keeps_no_number_too()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        // musl's pthread_setconcurrency, and a file that says that it was asked.
        string library = Path.Combine(sandbox.Home, "keeps-nothing.so"), source = Path.Combine(sandbox.Home, "keeps-nothing.c"), asked = Path.Combine(sandbox.Home, "asked");
        File.WriteAllText(source, """
            #include <errno.h>
            #include <fcntl.h>
            #include <stdlib.h>
            #include <unistd.h>
            int pthread_setconcurrency(int level) { (void)level; close(open(getenv("ASKED"), O_CREAT | O_WRONLY, 0600)); return EAGAIN; }

            """);
        await Assert.That((await Spawn.RunAsync("cc", ["-shared", "-fPIC", "-o", library, source], sandbox.Root, sandbox.Environment)).ExitStatus).IsEqualTo(0);
        using var held = new HeldLock(mission.LockPath);
        using var running = await RunningCall.StartAsync(
            sandbox, [.. Patient, ("LD_PRELOAD", library), ("ASKED", asked)], "orchestrator-api", "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);
        await running.HasOpenAsync(mission.LockPath);

        running.Signal(Terminate);

        (await running.EndAsync()).Fails("INTERRUPTED", status: 128 + Terminate);
        await Assert.That(File.Exists(asked)).IsTrue();
    }

    [Test]
    public async Task Two_missions_do_not_wait_for_each_other()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var one = sandbox.Mission("081-one").Id("01JQAAAA000000000000000001").Wp("WP01").Write();
        var two = sandbox.Mission("082-two").Id("01JQBBBB000000000000000001").Wp("WP01").Write();
        using var held = new HeldLock(one.LockPath);

        (await two.StartAsync("WP01")).Ok();
    }

    private static Task<Call> StartAsync(Sandbox sandbox, Mission mission, string wp, string actor) =>
        sandbox.ApiWithAsync(Patient, "start-implementation", "--mission", mission.Slug, "--wp", wp, "--actor", actor, "--policy", Policy.Valid);
}
