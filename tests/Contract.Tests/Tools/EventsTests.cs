using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Tools;

/// <summary>The rows of a log, from a cursor on.</summary>
public sealed class EventsTests
{
    [Test]
    public async Task Every_row_is_there_as_it_stands_in_the_log()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.AppendText("  {\"kind\": \"later\", \"x\" : NaN, \"text\": \"\u00fc\\ud83d\\ude00\"}\t\n\n");
        (await mission.StartAsync("WP01")).Ok();
        var before = sandbox.Tree();
        var call = await sandbox.ToolAsync("events", "077");
        await Assert.That((call.ExitStatus, call.StderrText)).IsEqualTo((0, ""));
        await Assert.That(Rows(call.StdoutText)).IsEquivalentTo(mission.Log.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0), CollectionOrdering.Matching);
        sandbox.Tree().MustEqual(before, "the files");
    }

    [Test]
    public async Task Each_cursor_leads_to_exactly_the_rows_behind_it()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        (await mission.StartAsync("WP01")).Ok();
        string[] lines = Lines(await sandbox.ToolAsync("events", "077"));
        await Assert.That(lines.Length).IsEqualTo(5);
        for (int i = 0; i < lines.Length; i++)
        {
            await Assert.That(Lines(await sandbox.ToolAsync("events", "077", "--since", Cursor(lines[i])))).IsEquivalentTo(lines[(i + 1)..], CollectionOrdering.Matching);
        }
    }

    [Test]
    public async Task A_torn_tail_is_never_shown_and_a_row_without_line_feed_once()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        string row = PythonText.Row(mission.Event("WP01", "planned", "blocked", "2026-04-09T12:00:00+00:00"));
        mission.AppendText(row[..40]);
        string[] first = Lines(await sandbox.ToolAsync("events", "077"));
        await Assert.That(first.Length).IsEqualTo(3);
        mission.AppendText(row[40..]);
        string[] then = Lines(await sandbox.ToolAsync("events", "077", "--since", Cursor(first[^1])));
        await Assert.That(then.Select(line => Rows(line).Single())).IsEquivalentTo([row], CollectionOrdering.Matching);

        // The next writer brings the line feed; the row is not shown again, nor is the line number wrong behind it.
        mission.AppendText("\n{\"broken\n");
        var broken = await sandbox.ToolAsync("events", "077", "--since", Cursor(then[0]));
        await Assert.That((broken.ExitStatus, broken.StdoutText)).IsEqualTo((1, ""));
        await Assert.That(broken.StderrText).Contains("line 5");
    }

    [Test]
    public async Task Rows_before_a_corrupt_one_are_shown_and_the_place_is_named()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.AppendText("{\"wp_id\": \"WP01\", \"from_lane\": \"nowhere\"}\n");
        var call = await sandbox.ToolAsync("events", "077");
        await Assert.That(call.ExitStatus).IsEqualTo(1);
        await Assert.That(Lines(call).Length).IsEqualTo(3);
        await Assert.That(call.StderrText).Contains("line 4");
    }

    [Test]
    public async Task A_log_that_was_replaced_is_noticed_and_one_that_grew_is_not()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        string cursor = Cursor(Lines(await sandbox.ToolAsync("events", "077"))[^1]);
        string log = mission.Log;
        File.Delete(mission.LogPath);
        File.WriteAllText(mission.LogPath, log + "{\"kind\": \"x\"}\n");
        await Assert.That(Lines(await sandbox.ToolAsync("events", "077", "--since", cursor)).Length).IsEqualTo(1);
        foreach (string other in new[] { "", log[..^10], log.Replace("WP03", "WP04", StringComparison.Ordinal), "{\"kind\": \"first\"}\n" + log })
        {
            File.WriteAllText(mission.LogPath, other);
            var call = await sandbox.ToolAsync("events", "077", "--since", cursor);
            await Assert.That((call.ExitStatus, call.StdoutText)).IsEqualTo((3, ""));
            await Assert.That(call.StderrText).Contains("begin again without --since");
        }
    }

    [Test]
    [Arguments("")]
    [Arguments("x")]
    [Arguments("e1-0-0-0-0")]
    [Arguments("e1-0-1-5-0000000000000000")]
    [Arguments("e1-ffffffffffffffffff-1-0-0000000000000000")]
    public async Task What_is_no_cursor_is_refused(string cursor)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Mission().Write();
        await Assert.That((await sandbox.ToolAsync("events", "077", "--since=" + cursor)).ExitStatus).IsEqualTo(2);
    }

    [Test]
    public async Task Following_shows_what_many_writers_add_each_once_and_in_order()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var builder = sandbox.Mission();
        string[] wps = [.. Enumerable.Range(1, 12).Select(i => $"WP{i:00}")];
        foreach (string wp in wps)
        {
            builder.Wp(wp);
        }

        var mission = await builder.CommitAsync();
        string output = sandbox.At("../out");
        using var follow = await Terminal.StartAsync(sandbox, "events 077 --follow", output);
        await Poll.UntilAsync(() => Terminal.LinesOf(output).Length == wps.Length, "the first rows");
        await Task.WhenAll(wps.Select(async wp => (await mission.StartAsync(wp)).Ok()));
        await Poll.UntilAsync(() => Terminal.LinesOf(output).Length == wps.Length * 3, "all rows");
        follow.Signal(2);
        await Assert.That((await follow.EndAsync()).ExitStatus).IsEqualTo(130);
        await Assert.That(Rows(string.Join('\n', Terminal.LinesOf(output)))).IsEquivalentTo(mission.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries), CollectionOrdering.Matching);
    }

    [Test]
    public async Task One_work_package_alone_can_be_asked_for()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        (await mission.StartAsync("WP01")).Ok();
        var lines = ToolSandbox.Lines((await sandbox.ToolAsync("events", "077", "--wp", "WP01")).StdoutText).ToArray();
        await Assert.That(string.Join(' ', lines.Select(line => line.GetProperty("row").GetProperty("to_lane")))).IsEqualTo("planned claimed in_progress");
    }

    [Test]
    public async Task The_rows_of_a_coordination_branch_are_read_with_its_worktree_and_without()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var coordinated = await CoordinatedMission.CreateAsync(sandbox);
        string[] with = Lines(await sandbox.ToolAsync("events", "--mission", coordinated.Mission.DirectoryName));
        await Assert.That(with.Length).IsGreaterThan(0);
        await sandbox.GitAsync("worktree", "remove", "--force", coordinated.Worktree);
        await Assert.That(Lines(await sandbox.ToolAsync("events", "--mission", coordinated.Mission.DirectoryName))).IsEquivalentTo(with, CollectionOrdering.Matching);
    }

    /// <summary>The lines of a call, each held against its published schema.</summary>
    private static string[] Lines(Call call)
    {
        string[] lines = call.StdoutText.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string line in lines)
        {
            PublishedSchemas.CheckTool("events-line", StrictJson.Parse(line));
        }

        return lines;
    }

    private static string Cursor(string line) => line["{\"cursor\": \"".Length..line.IndexOf("\", \"row\": ", StringComparison.Ordinal)];

    private static IEnumerable<string> Rows(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf("\"row\": ", StringComparison.Ordinal) + 7)..^1]);
}
