using System;
using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Reads write nothing and spawn nothing, and work where nothing can be written (DESIGN I2).</summary>
public sealed class ReadOnlyTests
{
    [Test]
    public async Task Reads_change_nothing_on_disk()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        (await mission.StartAsync("WP01")).Ok();
        mission.AppendText("{\"torn");
        var before = sandbox.Tree();
        var refs = await sandbox.GitAsync("for-each-ref");

        (await mission.StateAsync()).Ok();
        (await mission.ReadyAsync()).Ok();
        (await sandbox.ApiAsync("contract-version")).Ok();
        await sandbox.ApiAsync("--help");

        sandbox.Tree().MustEqual(before, "a read");
        await Assert.That(await sandbox.GitAsync("for-each-ref")).IsEqualTo(refs);
    }

    [Test]
    public async Task Reads_make_no_system_call_that_writes_or_spawns()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        (await mission.StartAsync("WP01")).Ok();
        await NeedsTracerAsync(sandbox);
        string[][] reads =
        [
            ["contract-version"],
            ["mission-state", "--mission", mission.Slug],
            ["mission-state", "--mission", "077"],
            ["list-ready", "--mission", mission.Slug],
            ["mission-state", "--mission", "nowhere"],
            ["mission-state"],
        ];

        foreach (var argv in reads)
        {
            var (call, lines) = await Tracer.TraceAsync(sandbox, argv);
            _ = call.Envelope;
            await Assert.That(lines).IsNotEmpty();
            await Assert.That(string.Join('\n', Tracer.Spawned(lines))).IsEqualTo("");
            await Assert.That(string.Join('\n', Tracer.Changed(lines))).IsEqualTo("");
        }
    }

    [Test]
    public async Task The_envelope_is_one_write()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Append(mission.Event("WP01", "planned", "claimed", Mission.SeedTime(60), ("actor", new string('a', 500_000))));
        await NeedsTracerAsync(sandbox);

        var (_, lines) = await Tracer.TraceAsync(sandbox, "mission-state", "--mission", mission.Slug);

        await Assert.That(Array.FindAll(lines, line => line.StartsWith("write(1<", StringComparison.Ordinal)).Length).IsEqualTo(1);
    }

    [Test]
    public async Task A_mutation_without_a_coordination_branch_spawns_nothing_and_syncs_the_log_before_it_answers()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await NeedsTracerAsync(sandbox);

        var (call, lines) = await Tracer.TraceAsync(
            sandbox, "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        call.Ok();
        await Assert.That(string.Join('\n', Tracer.Spawned(lines))).IsEqualTo("");
        var row = Array.FindIndex(lines, line => IsOn(line, "write", "status.events.jsonl"));
        var sync = Array.FindIndex(lines, line => IsOn(line, "fdatasync", "status.events.jsonl"));
        var answer = Array.FindIndex(lines, line => line.StartsWith("write(1<", StringComparison.Ordinal));
        await Assert.That(row).IsGreaterThanOrEqualTo(0);
        await Assert.That(sync).IsGreaterThan(row);
        await Assert.That(answer).IsGreaterThan(sync);
        await Assert.That(Array.FindAll(lines, line => IsOn(line, "write", "status.events.jsonl")).Length).IsEqualTo(1);
    }

    [Test]
    public async Task Reads_work_on_a_read_only_file_system_and_mutations_say_so()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        var before = sandbox.Tree();
        await NeedsMountAsync(sandbox);

        foreach (var argv in new string[][] { ["mission-state", "--mission", mission.Slug], ["list-ready", "--mission", "077"], ["contract-version"] })
        {
            (await ReadOnlyAsync(sandbox, argv)).Ok();
        }

        (await ReadOnlyAsync(sandbox, "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid)).Fails("IO_FAILED");
        sandbox.Tree().MustEqual(before, "a read-only file system");
    }

    private static bool IsOn(string line, string call, string file) =>
        line.StartsWith(call, StringComparison.Ordinal) && line.Contains($"/{file}>", StringComparison.Ordinal);

    private static async Task<Call> ReadOnlyAsync(Sandbox sandbox, params string[] argv) => new(
        argv, await InNamespaceAsync(sandbox, [await PublishedExecutable.PathAsync(), "orchestrator-api", .. argv]));

    /// <summary>Runs a command in a mount namespace of its own, in which the sandbox cannot be written to.</summary>
    private static Task<SpawnResult> InNamespaceAsync(Sandbox sandbox, string[] command)
    {
        const string Script = "top=$1; root=$2; shift 2; mount --bind \"$top\" \"$top\" && mount -o remount,bind,ro \"$top\" && cd \"$root\" && exec \"$@\"";
        return Spawn.RunAsync(
            "unshare",
            [Environment.IsPrivilegedProcess ? "-m" : "-rm", "sh", "-c", Script, "sh", sandbox.Top, sandbox.Root, .. command],
            sandbox.Top,
            sandbox.Environment);
    }

    private static async Task NeedsMountAsync(Sandbox sandbox)
    {
        var probe = await InNamespaceAsync(sandbox, ["sh", "-c", "! touch probe 2>/dev/null && echo read-only"]);
        Need(probe.StdoutText.Contains("read-only", StringComparison.Ordinal), $"no read-only mount can be made here: {probe.StderrText}");
    }

    private static async Task NeedsTracerAsync(Sandbox sandbox) => Need(await Tracer.WorksAsync(sandbox), "strace is missing or may not trace here");

    /// <summary>Where a build server runs, what a test needs has to be there.</summary>
    private static void Need(bool isThere, string otherwise)
    {
        if (!isThere)
        {
            Skip.When(Environment.GetEnvironmentVariable("CI") is null or "" or "0" or "false", otherwise);
            throw new InvalidOperationException(otherwise);
        }
    }
}
