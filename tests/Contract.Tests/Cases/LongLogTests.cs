using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>A mission that has lived long: what a call costs grows with what changed since the last mutation, not with the log (docs/adr/0011).</summary>
public sealed partial class LongLogTests
{
    private const string Reads = "trace=read,pread64,readv,preadv,mmap";
    private const int LogBytes = 4 * 1024 * 1024;

    /// <summary>What may be read of the log: the rows behind the checkpoint, up to a chunk, and what is compared before them.</summary>
    private const long Few = 64 * 1024;

    [Test]
    public async Task After_a_mutation_calls_read_only_the_end_of_a_long_log()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await Tracer.RequireAsync(sandbox);
        Lengthen(mission, mission.LogPath);
        await Assert.That(await ReadOfAsync(sandbox, "mission-state", "--mission", mission.Slug)).IsGreaterThan(LogBytes);
        (await mission.StartAsync("WP01")).Ok();

        await Assert.That(await ReadOfAsync(sandbox, "mission-state", "--mission", mission.Slug)).IsLessThan(Few);
        await Assert.That(await ReadOfAsync(sandbox, "list-ready", "--mission", mission.Slug)).IsLessThan(Few);
        await Assert.That(await ReadOfAsync(sandbox, "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "codex", "--note", "n")).IsLessThan(Few);
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("blocked");
    }

    [Test]
    public async Task In_a_coordination_worktree_it_is_the_same()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        await Tracer.RequireAsync(sandbox);
        Lengthen(mission.Mission, mission.LogPath);
        await sandbox.CommitAsync("rows", mission.Worktree);
        (await mission.Mission.StartAsync("WP01")).Ok();

        await Assert.That(await ReadOfAsync(sandbox, "mission-state", "--mission", mission.Mission.DirectoryName)).IsLessThan(Few);
        await Assert.That(await mission.Mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task A_read_of_a_long_log_changes_nothing()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await Tracer.RequireAsync(sandbox);
        Lengthen(mission, mission.LogPath);
        for (var round = 0; round < 2; round++)
        {
            var (call, lines) = await Tracer.TraceAsync(sandbox, "mission-state", "--mission", mission.Slug);
            call.Ok();
            await Assert.That(string.Join('\n', Tracer.Changed(lines))).IsEqualTo("");
            (await mission.StartAsync("WP01")).Ok();
        }
    }

    [Test]
    public async Task Rows_of_the_other_host_are_seen_at_once_and_by_the_next_mutation()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        Lengthen(mission, mission.LogPath);
        (await mission.StartAsync("WP01")).Ok();
        mission.Append(mission.Event("WP01", "in_progress", "blocked", "2030-01-01T00:00:00+00:00"));
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("blocked");
        (await mission.MoveAsync("WP01", "in_progress")).Ok();
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task A_short_log_costs_no_look_for_a_checkpoint()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await Tracer.RequireAsync(sandbox);
        (await mission.StartAsync("WP01")).Ok();
        foreach (var argv in new string[][] { ["mission-state", "--mission", mission.Slug], ["transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "codex", "--note", "n"] })
        {
            var (call, lines) = await Tracer.TraceAsync(sandbox, argv);
            call.Ok();
            await Assert.That(lines.Where(line => line.Contains("checkpoint", StringComparison.Ordinal) || line.Contains("boot_id", StringComparison.Ordinal) || line.StartsWith("utimensat", StringComparison.Ordinal))).IsEmpty();
        }
    }

    [Test]
    public async Task A_directorys_name_is_found_without_a_look_at_other_missions()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await Tracer.RequireAsync(sandbox);
        for (var i = 0; i < 20; i++)
        {
            sandbox.Mission($"other-{i}").Id(null).Write();
        }

        var (call, lines) = await Tracer.TraceAsync(sandbox, "mission-state", "--mission", mission.DirectoryName);
        call.Ok();
        await Assert.That(lines.Count(line => line.Contains("meta.json", StringComparison.Ordinal))).IsEqualTo(1);
        await Assert.That(lines.Where(line => line.StartsWith("open", StringComparison.Ordinal) && line.Contains("\"kitty-specs\"", StringComparison.Ordinal))).IsEmpty();
    }

    private static void Lengthen(Mission mission, string log)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < LogBytes; i++)
        {
            text.Append(PythonText.Row(mission.Event("WP03", i % 2 == 0 ? "planned" : "blocked", i % 2 == 0 ? "blocked" : "planned", Mission.SeedTime(600 + i)))).Append('\n');
        }

        File.AppendAllText(log, text.ToString());
    }

    /// <summary>How many bytes of the log one call reads.</summary>
    private static async Task<long> ReadOfAsync(Sandbox sandbox, params string[] argv)
    {
        var (call, lines) = await Tracer.TraceOnlyAsync(sandbox, Reads, argv);
        call.Ok();
        await Assert.That(lines.Where(line => line.StartsWith("mmap", StringComparison.Ordinal) && IsLog(line))).IsEmpty();
        var sum = 0L;
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsLog(lines[i]))
            {
                // Where another thread's call came between, the answer stands further down.
                var answer = Array.Find(lines[i..], line => Answer().IsMatch(line) && (line == lines[i] || line.Contains("resumed", StringComparison.Ordinal)));
                sum += long.Parse(Answer().Match(answer!).Groups[1].Value, CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }

    private static bool IsLog(string line) => line.Contains("/status.events.jsonl>", StringComparison.Ordinal);

    [GeneratedRegex(@"= (\d+)$")]
    private static partial Regex Answer();
}
