using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>A damaged log: what is ignored, what is set right, and what is named and left alone (DESIGN §7).</summary>
public sealed class DamageTests
{
    [Test]
    [Arguments("{\"event_id\": \"01JQ8Z")]
    [Arguments("{")]
    [Arguments("garbage")]
    [Arguments("{\"a\": \"\u00E9")]
    public async Task A_torn_tail_is_ignored_by_reads_and_moved_aside_by_the_next_mutation(string tail)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var whole = mission.Log;
        mission.AppendText(tail);
        var before = sandbox.Tree();

        var state = (await mission.StateAsync()).Ok();
        await Assert.That(state.GetProperty("warnings")[0].GetString()).Contains("status.events.jsonl");
        sandbox.Tree().MustEqual(before, "a read");

        var start = (await mission.StartAsync("WP01")).Ok();

        await Assert.That(mission.Log).StartsWith(whole);
        await Assert.That(mission.Rows.Length).IsEqualTo(5);
        var aside = Directory.GetFiles(mission.Directory, "status.events.jsonl.torn-*").Single();
        await Assert.That(File.ReadAllText(aside)).IsEqualTo(tail);
        await Assert.That(start.GetProperty("warnings")[0].GetString()).Contains(Path.GetFileName(aside));
    }

    [Test]
    public async Task A_log_that_is_nothing_but_a_torn_tail_is_survived()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Unseeded().Write();
        mission.AppendText("{\"event");

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("planned");
        (await mission.StartAsync("WP01")).Ok();
        await Assert.That(mission.Rows.Length).IsEqualTo(2);
    }

    [Test]
    public async Task A_refused_mutation_leaves_the_torn_tail_where_it_is()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.AppendText("{\"event");
        var before = sandbox.Tree();

        (await mission.StartAsync("WP03")).Fails("DEPENDENCIES_NOT_SATISFIED");
        (await mission.MovePlainAsync("WP01", "done")).Fails("TRANSITION_REJECTED");

        sandbox.Tree().MustEqualButForLocks(before, "a refused mutation");
    }

    [Test]
    public async Task A_whole_last_row_without_a_line_feed_counts_and_gets_one()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();
        mission.Append(mission.Event("WP01", "planned", "claimed", Mission.SeedTime(60), ("actor", "codex")));
        var whole = mission.Log.TrimEnd('\n');
        File.WriteAllText(mission.LogPath, whole);

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("claimed");
        var data = (await mission.StartAsync("WP01")).Ok();

        await Assert.That(mission.Log).StartsWith(whole + "\n");
        await Assert.That(data.GetProperty("from_lane").GetString()).IsEqualTo("claimed");
        await Assert.That(data.TryGetProperty("warnings", out _)).IsFalse();
    }

    [Test]
    public async Task Carriage_returns_and_blank_lines_are_no_damage()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var odd = "\n \n\r\n" + mission.Log.Replace("\n", " \r\n\n", System.StringComparison.Ordinal);
        File.WriteAllText(mission.LogPath, odd);

        (await mission.StartAsync("WP01")).Ok();

        await Assert.That(mission.Log).StartsWith(odd);
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task Only_a_line_feed_separates_rows()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Unseeded().Write();
        var row = PythonText.Row(mission.Event("WP01", "planned", "claimed", Mission.SeedTime(1), ("reason", "a-b")));
        mission.AppendText(row.Replace("a-b", "a\u2028b\u0085c\u2029d", System.StringComparison.Ordinal) + "\n");

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("claimed");
    }

    [Test]
    [Arguments("not json")]
    [Arguments("[1]")]
    [Arguments("1")]
    [Arguments("\"x\"")]
    [Arguments("null")]
    [Arguments("{\"wp_id\": \"WP01\"}")]
    [Arguments("{}")]
    [Arguments("<<<<<<< HEAD")]
    [Arguments("\u00FF\u00FE", true)]
    [Arguments("{\"a\": 1} {\"b\": 2}")]
    [Arguments("{\"a\": ")]
    public async Task Any_other_damage_is_named_by_line_and_byte_and_nothing_changes(string bad, bool raw = false)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var lines = mission.Log.Split('\n');
        byte[] spoiled =
        [
            .. Encoding.UTF8.GetBytes(lines[0] + "\n"),
            .. raw ? Encoding.Latin1.GetBytes(bad) : Encoding.UTF8.GetBytes(bad),
            .. Encoding.UTF8.GetBytes("\n" + string.Join('\n', lines[1..])),
        ];
        File.WriteAllBytes(mission.LogPath, spoiled);
        var before = sandbox.Tree();

        foreach (var call in new[] { await mission.StateAsync(), await mission.ReadyAsync(), await mission.StartAsync("WP01"), await mission.ReviewAsync("WP01"), await mission.MovePlainAsync("WP01", "blocked") })
        {
            var data = call.Fails("EVENT_LOG_CORRUPT").Data;
            await Assert.That(data.GetProperty("line").GetInt32()).IsEqualTo(2);
            await Assert.That(data.GetProperty("offset").GetInt64()).IsEqualTo(lines[0].Length + 1);
            await Assert.That(data.GetProperty("path").GetString()).IsEqualTo(mission.LogPath);
            await Assert.That(data.GetProperty("effect").GetString()).IsEqualTo("none");
        }

        sandbox.Tree().MustEqualButForLocks(before, "a call on a corrupt log");
    }

    [Test]
    [Arguments("event_id")]
    [Arguments("wp_id")]
    [Arguments("from_lane")]
    [Arguments("to_lane")]
    [Arguments("at")]
    [Arguments("actor")]
    [Arguments("force")]
    [Arguments("execution_mode")]
    public async Task A_row_that_lacks_a_member_is_corrupt(string member)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();
        var row = mission.Event("WP01", "planned", "claimed", Mission.SeedTime(60));
        row.Remove(member);
        mission.Append(row, mission.Event("WP01", "planned", "claimed", Mission.SeedTime(61)));

        await Assert.That((await mission.StateAsync()).Fails("EVENT_LOG_CORRUPT").Data.GetProperty("line").GetInt32()).IsEqualTo(4);
    }

    [Test]
    [Arguments("doing")]
    [Arguments("Planned")]
    [Arguments("")]
    [Arguments("nirvana")]
    public async Task A_row_with_an_unknown_lane_is_corrupt(string lane)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();
        mission.Append(mission.Event("WP01", "planned", lane, Mission.SeedTime(60)), mission.Event("WP01", "planned", "claimed", Mission.SeedTime(61)));

        await Assert.That((await mission.StateAsync()).Fails("EVENT_LOG_CORRUPT").Data.GetProperty("line").GetInt32()).IsEqualTo(4);
    }

    [Test]
    public async Task Half_a_surrogate_pair_in_another_hosts_actor_failed_every_later_mutation()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        string row = PythonText.Row(mission.Event("WP02", "planned", "blocked", "2026-04-08T12:30:00+00:00", ("actor", "ACTOR")));
        mission.AppendText(row.Replace("\"ACTOR\"", "{\"\\ud800\": \"\\udc00\"}", StringComparison.Ordinal) + "\n");
        await Assert.That(await mission.LaneAsync("WP02")).IsEqualTo("blocked");

        (await mission.StartAsync("WP01")).Ok();

        await Assert.That(StrictJson.Parse(mission.Read("status.json")).GetProperty("work_packages").GetProperty("WP02").GetProperty("actor").GetProperty("\uFFFD").GetString()).IsEqualTo("\uFFFD");
    }

    [Test]
    public async Task Nesting_without_end_gives_an_envelope()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();
        var row = PythonText.Row(mission.Event("WP01", "planned", "claimed", Mission.SeedTime(60), ("evidence", "deep")));
        mission.AppendText(row.Replace("\"deep\"", new string('[', 200_000) + new string(']', 200_000), System.StringComparison.Ordinal) + "\n");
        mission.Append(mission.Event("WP01", "planned", "claimed", Mission.SeedTime(61)));

        var call = await mission.StateAsync();

        await Assert.That(call.Envelope.Success || call.Reason == "EVENT_LOG_CORRUPT").IsTrue();
    }

    [Test]
    [Arguments("status.events.jsonl")]
    [Arguments("meta.json")]
    public async Task A_directory_in_a_files_place_gives_an_envelope(string name)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        File.Delete(Path.Combine(mission.Directory, name));
        Directory.CreateDirectory(Path.Combine(mission.Directory, name));
        var before = sandbox.Tree();

        await Assert.That((await mission.StateAsync()).Envelope.Success).IsFalse();
        await Assert.That((await mission.StartAsync("WP01")).Envelope.Success).IsFalse();

        sandbox.Tree().MustEqualButForLocks(before, "a refused call");
    }

    [Test]
    [Arguments("status.events.jsonl")]
    [Arguments("meta.json")]
    [Arguments("tasks/WP01-do-the-thing.md")]
    public async Task A_pipe_in_a_files_place_does_not_hang(string name)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var path = Path.Combine(mission.Directory, name);
        File.Delete(path);
        await Spawn.RunAsync("mkfifo", [path], sandbox.Root, sandbox.Environment);

        _ = (await mission.StateAsync()).Envelope;
        await Assert.That((await mission.StartAsync("WP01")).Envelope.Success).IsFalse();
    }

    [Test]
    [Arguments("status.events.jsonl")]
    [Arguments("meta.json")]
    [Arguments("tasks/WP01-do-the-thing.md")]
    [Arguments("tasks")]
    public async Task A_link_that_leads_out_is_not_followed(string name)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var path = Path.Combine(mission.Directory, name);
        var outside = Path.Combine(sandbox.Top, "outside");
        Directory.Move(path, outside);
        File.CreateSymbolicLink(path, outside);
        var before = sandbox.Tree();

        _ = (await mission.StateAsync()).Envelope;
        await Assert.That((await mission.StartAsync("WP01")).Envelope.Success).IsFalse();

        sandbox.Tree().MustEqualButForLocks(before, "a refused call");
    }

    [Test]
    public async Task A_status_json_that_links_out_is_replaced_and_its_target_left_alone()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var outside = Path.Combine(sandbox.Top, "outside.json");
        File.WriteAllText(outside, "mine");
        File.CreateSymbolicLink(mission.SnapshotPath, outside);

        (await mission.StartAsync("WP01")).Ok();

        await Assert.That(File.ReadAllText(outside)).IsEqualTo("mine");
        await Assert.That(new FileInfo(mission.SnapshotPath).LinkTarget).IsNull();
    }

    [Test]
    [Arguments("meta.json")]
    [Arguments("tasks/WP02-do-the-thing.md")]
    [Arguments("status.events.jsonl")]
    public async Task A_file_of_gigabytes_gives_an_envelope(string name)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        using (var file = File.Open(Path.Combine(mission.Directory, name), FileMode.Open))
        {
            file.SetLength(3L << 30);
        }

        _ = (await mission.StateAsync()).Envelope;
        _ = (await mission.StartAsync("WP01")).Envelope;
    }

    [Test]
    public async Task A_link_inside_the_project_is_followed()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var path = Path.Combine(mission.Directory, "tasks", "WP01-do-the-thing.md");
        Directory.CreateDirectory(sandbox.At("shared"));
        File.Move(path, sandbox.At("shared/task.md"));
        File.CreateSymbolicLink(path, "../../../shared/task.md");

        (await mission.StartAsync("WP01")).Ok();
    }
}
