using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What mission-state and list-ready make of a mission's files (HOST §5, §6.2, §6.3).</summary>
public sealed class ReadTests
{
    [Test]
    public async Task Every_work_package_of_files_and_log_is_listed_by_id()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP10").Wp("WP02", "WP10").Unseeded().Write();
        mission.Write("tasks/README.md", "# not one\n");
        mission.Write("tasks/.gitkeep", "");
        mission.Write("tasks/WPxx-odd.md", MissionBuilder.TaskFile("WPxx"));
        mission.Write("tasks/notes/WP50-deeper.md", MissionBuilder.TaskFile("WP50"));
        mission.Append(mission.Event("WP07", "planned", "claimed", Mission.SeedTime(1), ("actor", "ghost")));

        var data = (await mission.StateAsync()).Ok();

        await Assert.That(PythonText.Encode(data.GetProperty("work_packages"))).IsEqualTo(
            """[{"wp_id": "WP02", "lane": "planned", "dependencies": ["WP10"], "last_actor": null}, """
            + """{"wp_id": "WP07", "lane": "claimed", "dependencies": [], "last_actor": "ghost"}, """
            + """{"wp_id": "WP10", "lane": "planned", "dependencies": [], "last_actor": null}]""");
        await Assert.That(PythonText.Encode(data.GetProperty("summary"))).IsEqualTo(
            """{"planned": 0, "claimed": 1, "in_progress": 0, "for_review": 0, "in_review": 0, "approved": 0, "done": 0, "blocked": 0, "canceled": 0}""");
    }

    [Test]
    public async Task The_name_that_newer_hosts_have_for_the_lane_of_the_unseeded_is_read()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Wp("WP02").Unseeded().Write();
        mission.Append(mission.Event("WP01", "uninitialized", "planned", Mission.SeedTime(1)));
        mission.Append(mission.Event("WP02", "planned", "uninitialized", Mission.SeedTime(2), ("force", true), ("reason", "put back")));

        var data = (await mission.StateAsync()).Ok();

        await Assert.That(PythonText.Encode(data.GetProperty("work_packages"))).Contains("""{"wp_id": "WP01", "lane": "planned",""");
        await Assert.That(PythonText.Encode(data.GetProperty("work_packages"))).DoesNotContain("uninitialized");
        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP01 WP02");
    }

    [Test]
    public async Task An_empty_mission_is_no_error()
    {
        using var sandbox = Sandbox.WithoutGit();
        Directory.CreateDirectory(sandbox.At("kitty-specs/100-empty"));

        var state = (await sandbox.ApiAsync("mission-state", "--mission", "100-empty")).Ok();
        var ready = (await sandbox.ApiAsync("list-ready", "--mission", "100-empty")).Ok();

        await Assert.That(state.GetProperty("work_packages").GetArrayLength()).IsEqualTo(0);
        await Assert.That(ready.GetProperty("ready_work_packages").GetArrayLength()).IsEqualTo(0);
        await Assert.That(state.TryGetProperty("warnings", out _)).IsFalse();
    }

    [Test]
    public async Task Ready_follows_the_dependencies()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP01");
        await mission.ApproveAsync("WP01");
        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP02");
        await mission.ApproveAsync("WP02");
        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP03");
    }

    [Test]
    public async Task Dependencies_that_can_never_be_met_are_warned_about_and_not_ready()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01", "WP01").Wp("WP02", "WP03").Wp("WP03", "WP02").Wp("WP04", "WP77").Wp("WP05").Write();

        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP05");
        var warnings = string.Join('\n', (await mission.StateAsync()).Ok().GetProperty("warnings").EnumerateArray().Select(w => w.GetString()));
        await Assert.That(warnings).Contains("WP01 depends on itself");
        await Assert.That(warnings).Contains("WP04 depends on WP77, which is no work package of this mission");
        await Assert.That(warnings).Contains("WP02 is on a dependency cycle");
        (await mission.StartAsync("WP01")).Fails("DEPENDENCIES_NOT_SATISFIED");
        (await mission.StartAsync("WP02")).Fails("DEPENDENCIES_NOT_SATISFIED");
        (await mission.StartAsync("WP04")).Fails("DEPENDENCIES_NOT_SATISFIED");
    }

    [Test]
    [Arguments("dependencies: [\"WP01\"]")]
    [Arguments("dependencies: [ WP01 ]  # why")]
    [Arguments("dependencies:\n  - 'WP01'\n")]
    [Arguments("dependencies:\n- \"WP01\" # first")]
    [Arguments("dependencies: \"WP01\"")]
    [Arguments("dependencies: WP01")]
    [Arguments("dependencies:\n    - WP01")]
    [Arguments("dependencies: >-\n  WP01")]
    [Arguments("depends: &x [WP01]\ndependencies: *x")]
    [Arguments("dependencies: [\n  WP01,\n]")]
    [Arguments("\"dependencies\": [WP01]")]
    [Arguments("? dependencies\n: [WP01]")]
    [Arguments("notes: |\n  dependencies: []\ndependencies: [WP01]")]
    [Arguments("unknown_key: {a: [1, 2], dependencies: [WP09]}\ndependencies: [WP01]")]
    [Arguments("dependencies: [WP01]\nhistory:\n- at: 2026-01-01\n  dependencies: [WP09]")]
    public async Task Front_matter_is_yaml(string body)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();
        mission.Write("tasks/WP02-do-the-thing.md", $"---\nwork_package_id: WP02\ntitle: t\n{body}\n---\n\n# WP02\n\n---\ndependencies: [WP08]\n---\n");

        var wp = (await mission.StateAsync()).Ok().GetProperty("work_packages")[1];

        await Assert.That(PythonText.Encode(wp.GetProperty("dependencies"))).IsEqualTo("[\"WP01\"]");
    }

    [Test]
    public async Task A_byte_order_mark_and_carriage_returns_are_fine()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();
        mission.Write("tasks/WP02-do-the-thing.md", "\uFEFF---\r\nwork_package_id: WP02\r\ntitle: t\r\ndependencies:\r\n- WP01\r\n---\r\n\r\n# WP02\r\n");

        await Assert.That(PythonText.Encode((await mission.StateAsync()).Ok().GetProperty("work_packages")[1].GetProperty("dependencies"))).IsEqualTo("[\"WP01\"]");
    }

    [Test]
    [Arguments("---\nwork_package_id: [\n---\n")]
    [Arguments("---\nwork_package_id: WP02\n")]
    [Arguments("no front matter\n")]
    [Arguments("")]
    [Arguments("---\nwork_package_id: WP09\ndependencies: []\n---\n")]
    [Arguments("---\nwork_package_id: WP02\ndependencies: {a: b}\n---\n")]
    [Arguments("---\nwork_package_id: WP02\ndependencies: [[WP01]]\n---\n")]
    [Arguments("---\na: &a [*a]\n---\n")]
    public async Task One_broken_task_file_is_named_and_the_rest_answers(string text)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Write("tasks/WP02-do-the-thing.md", text);

        var data = (await mission.StateAsync()).Ok();

        await Assert.That(string.Join(' ', data.GetProperty("work_packages").EnumerateArray().Select(w => w.GetProperty("wp_id").GetString()))).IsEqualTo("WP01 WP02 WP03");
        await Assert.That(data.GetProperty("work_packages")[1].GetProperty("dependencies").GetArrayLength()).IsEqualTo(0);
        await Assert.That(data.GetProperty("warnings")[0].GetString()).Contains("WP02-do-the-thing.md");
        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP01");
        (await mission.StartAsync("WP01")).Ok();
        var before = sandbox.Tree();
        (await mission.StartAsync("WP02")).Fails("TASK_FILE_INVALID");
        sandbox.Tree().MustEqualButForLocks(before, "a refused start");
        (await mission.MovePlainAsync("WP02", "blocked")).Ok();
    }

    [Test]
    public async Task Bytes_that_are_not_text_in_a_task_file_are_its_problem_alone()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        sandbox.Write($"kitty-specs/{mission.Slug}/tasks/WP02-do-the-thing.md", [.. "---\nwork_package_id: WP02\ntitle: "u8, 0xFF, .. "\n---\n"u8]);

        (await mission.StateAsync()).Ok();
        (await mission.StartAsync("WP01")).Ok();
    }

    [Test]
    [Arguments("[]")]
    [Arguments("{")]
    [Arguments("\"x\"")]
    [Arguments("")]
    [Arguments("null")]
    [Arguments("{} {}")]
    public async Task A_meta_json_that_is_no_object_stops_reads_and_writes(string text)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Write("meta.json", text);
        var before = sandbox.Tree();

        (await mission.StateAsync()).Fails("META_INVALID");
        (await mission.ReadyAsync()).Fails("META_INVALID");
        (await mission.StartAsync("WP01")).Fails("META_INVALID");
        (await mission.MovePlainAsync("WP01", "blocked")).Fails("META_INVALID");

        sandbox.Tree().MustEqual(before, "a refused call");
    }

    [Test]
    [Arguments("42", "42", false)]
    [Arguments("\"042\"", "42", false)]
    [Arguments("\"000\"", "0", false)]
    [Arguments("null", "null", false)]
    [Arguments("\"\"", "null", false)]
    [Arguments("\" \"", "null", false)]
    [Arguments("\"pending\"", "null", true)]
    [Arguments("true", "null", true)]
    [Arguments("1.5", "null", true)]
    [Arguments("[]", "null", true)]
    public async Task A_mission_number_is_an_integer_or_null(string stored, string answered, bool isOdd)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Meta("mission_number", StrictJson.Parse(stored)).Write();

        var data = (await mission.StateAsync()).Ok();

        await Assert.That(data.GetProperty("mission_number").GetRawText()).IsEqualTo(answered);
        await Assert.That(data.TryGetProperty("warnings", out _)).IsEqualTo(isOdd);
    }

    [Test]
    public async Task Older_names_of_the_identity_are_understood()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();
        mission.Write("meta.json", """{"slug": "from-slug", "mission": " research ", "mission_slug": "", "mission_type": ""}""");

        await Assert.That(PythonText.Encode((await mission.StateAsync()).Ok())).StartsWith(
            """{"mission_id": null, "mission_slug": "from-slug", "mission_number": null, "mission_type": "research", """);
    }

    [Test]
    public async Task Rows_are_ordered_by_time_then_id_and_repeated_ids_count_once()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Wp("WP02").Wp("WP03").Write();
        const string T = "2026-04-08T13:00:00.000001+00:00";
        var rollback = mission.Event("WP01", "in_review", "in_progress", T, ("actor", "r"));
        var approval = mission.Event("WP01", "in_review", "approved", T, ("actor", "q"));
        mission.Append(
            approval,
            rollback,
            approval,
            mission.Event("WP02", "planned", "claimed", "2026-04-08T12:59:00+00:00"),
            mission.Event("WP02", "claimed", "in_progress", "2026-04-08T12:58:00+00:00"),
            mission.Event("WP03", "planned", "claimed", "2026-04-08T12:58:00Z"),
            mission.Event("WP03", "claimed", "in_progress", "2026-04-08T12:58:00.500000+00:00"));

        var data = (await mission.StateAsync()).Ok();

        await Assert.That(string.Join(' ', data.GetProperty("work_packages").EnumerateArray().Select(w => w.GetProperty("lane").GetString())))
            .IsEqualTo("in_progress claimed claimed");
        await Assert.That(data.GetProperty("work_packages")[0].GetProperty("last_actor").GetString()).IsEqualTo("r");
    }

    [Test]
    public async Task Rows_of_other_kinds_are_passed_over_and_kept()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.AppendText(
            """
            {"event_type": "WPCreated", "payload": {}}
            {"event_type": null, "wp_id": "WP01", "from_lane": "planned", "to_lane": "done"}
            {"kind": "annotation", "event_id": "01JQ9000000000000000000001", "wp_id": "WP01", "at": "2026-04-08T12:30:00+00:00", "actor": "a", "delta": {"note": "x"}}
            {"event_name": "retrospective.started", "at": "2026-04-08T12:30:00+00:00"}
            {"type": "RetrospectiveCaptured", "at": "x"}

              

            """);
        var before = mission.Log;

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("planned");
        (await mission.StartAsync("WP01")).Ok();

        await Assert.That(mission.Log).StartsWith(before);
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task Status_json_is_derived_and_never_trusted()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        (await mission.StartAsync("WP01", "J\u00FCrgen \u2028")).Ok();

        var text = mission.Read("status.json");
        var snapshot = StrictJson.Parse(text);
        await Assert.That(text).IsEqualTo(PythonText.Document(snapshot));
        await Assert.That(snapshot.GetProperty("event_count").GetInt32()).IsEqualTo(5);
        await Assert.That(snapshot.GetProperty("mission_number").GetString()).IsEqualTo("77");
        await Assert.That(snapshot.GetProperty("last_event_id").GetString()).IsEqualTo(mission.Rows[^1].GetProperty("event_id").GetString());
        await Assert.That(snapshot.GetProperty("materialized_at").GetString()).IsEqualTo(mission.Rows[^1].GetProperty("at").GetString());
        await Assert.That(snapshot.GetProperty("work_packages").GetProperty("WP01").GetProperty("actor").GetString()).IsEqualTo("J\u00FCrgen \u2028");

        mission.Write("status.json", "{\"work_packages\": {\"WP01\": {\"lane\": \"done\"}}}");
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
        (await mission.MovePlainAsync("WP02", "blocked")).Ok();
        await Assert.That(StrictJson.Parse(mission.Read("status.json")).GetProperty("work_packages").GetProperty("WP01").GetProperty("lane").GetString()).IsEqualTo("in_progress");
    }

    [Test]
    public async Task A_status_json_that_cannot_be_written_is_a_warning_for_the_row_is_durable()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        Directory.CreateDirectory(Path.Combine(mission.Directory, "status.json", "in-the-way"));

        var data = (await mission.StartAsync("WP01")).Ok();

        await Assert.That(data.GetProperty("warnings")[0].GetString()).Contains("status.json");
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task A_large_mission_is_read_whole()
    {
        using var sandbox = Sandbox.WithoutGit();
        var builder = sandbox.Mission();
        for (var i = 1; i <= 300; i++)
        {
            builder.Wp($"WP{i:D2}", i > 1 ? [$"WP{i - 1:D2}"] : []);
        }

        var mission = builder.Write();
        var rows = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            rows.Append(PythonText.Row(mission.Event($"WP{(i % 300) + 1:D2}", "planned", i < 19_700 ? "claimed" : "done", Mission.SeedTime(1000 + i)))).Append('\n');
        }

        mission.AppendText(rows.ToString());

        var data = (await mission.StateAsync()).Ok();

        await Assert.That(data.GetProperty("work_packages").GetArrayLength()).IsEqualTo(300);
        await Assert.That(data.GetProperty("summary").GetProperty("done").GetInt32()).IsEqualTo(300);
    }
}
