using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Tools;

/// <summary>The lanes of a mission.</summary>
public sealed class BoardTests
{
    [Test]
    public async Task Piped_it_is_a_plain_table_and_nothing_is_written()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.Put("WP01", "approved", "rita");
        var before = sandbox.Tree();
        var call = await sandbox.ToolAsync("board", "077");
        await Assert.That((call.ExitStatus, call.StderrText)).IsEqualTo((0, ""));
        string at = mission.Rows[^1].GetProperty("at").GetString()!;
        await Assert.That(call.StdoutText).IsEqualTo($"""
            077-mission-terminology-cleanup: 2 planned, 1 approved

            LANE      WP    ACTOR    SINCE                      WAITS FOR
            planned   WP02  planner  2026-04-08T12:00:01+00:00  (ready)
            planned   WP03  planner  2026-04-08T12:00:02+00:00  WP02
            approved  WP01  rita     {at}

            """);
        sandbox.Tree().MustEqual(before, "the files");
    }

    [Test]
    public async Task For_programs_it_is_one_document_that_agrees_with_the_contract()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        (await mission.StartAsync("WP01")).Ok();
        var board = await sandbox.DocumentAsync(0, "board", "--mission", "077", "--json");
        var state = (await mission.StateAsync()).Ok();
        foreach (var package in state.GetProperty("work_packages").EnumerateArray())
        {
            var same = board.GetProperty("work_packages").EnumerateArray().Single(one => one.GetProperty("wp_id").GetString() == package.GetProperty("wp_id").GetString());
            await Assert.That(same.GetProperty("lane").GetString()).IsEqualTo(package.GetProperty("lane").GetString());
            await Assert.That(same.GetProperty("actor").GetString()).IsEqualTo(package.GetProperty("last_actor").GetString());
        }

        await Assert.That(string.Join(' ', board.GetProperty("work_packages").EnumerateArray().Where(one => one.GetProperty("ready").GetBoolean()).Select(one => one.GetProperty("wp_id")))).IsEqualTo(await mission.ReadyIdsAsync());
    }

    [Test]
    public async Task The_only_mission_need_not_be_named_and_one_of_several_must()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await Assert.That((await sandbox.ToolAsync("board")).ExitStatus).IsEqualTo(1);
        sandbox.Mission().Write();
        await Assert.That((await sandbox.ToolAsync("board")).ExitStatus).IsEqualTo(0);
        sandbox.Mission("078-other").Id(null).Write();
        var call = await sandbox.ToolAsync("board");
        await Assert.That(call.ExitStatus).IsEqualTo(2);
        await Assert.That(call.StderrText).Contains("077-mission-terminology-cleanup, 078-other");
        var failure = await sandbox.ToolAsync("board", "079", "--json");
        await Assert.That(failure.ExitStatus).IsEqualTo(1);
        await Assert.That(failure.StdoutText).Contains("\"error_code\": \"MISSION_NOT_FOUND\"");
    }

    [Test]
    public async Task On_a_terminal_it_fits_and_no_actor_moves_the_cursor()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.Put("WP01", "in_progress", "evil\u001b[2J\u202e" + new string('x', 100));
        var result = await Terminal.RunAsync(sandbox, "board 077", columns: 60);
        var lines = result.StdoutText.Split("\r\n");
        await Assert.That(result.StdoutText).DoesNotContain("\u001b[2J").And.DoesNotContain("\u202e").And.Contains("evil\ufffd[2J");
        await Assert.That(lines.Max(line => line.Length)).IsLessThanOrEqualTo(60);
        await Assert.That(result.StdoutText).Contains("…");
    }

    [Test]
    public async Task Watching_shows_every_change_until_it_is_interrupted()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        string output = sandbox.At("out");
        using var watch = await Terminal.StartAsync(sandbox, "board 077 --watch --json", output);
        await Poll.UntilAsync(() => Terminal.LinesOf(output).Length == 1, "the first board");
        (await mission.StartAsync("WP01")).Ok();
        await Poll.UntilAsync(() => Terminal.LinesOf(output) is [.., var last] && last.Contains("in_progress", System.StringComparison.Ordinal) && last.Contains("codex", System.StringComparison.Ordinal), "the change");
        watch.Signal(2);
        await Assert.That((await watch.EndAsync()).ExitStatus).IsEqualTo(130);
    }
}
