using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Claiming work and reviews: who may, what is written, and that asking again is harmless (HOST §6.4, §6.5).</summary>
public sealed partial class StartTests
{
    [Test]
    public async Task Starting_writes_two_rows_at_once_in_order()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var head = mission.Log;

        var data = (await mission.StartAsync("WP01")).Ok();

        await Assert.That(mission.Log).StartsWith(head);
        var (first, second) = (mission.Rows[^2], mission.Rows[^1]);
        await Assert.That($"{first.GetProperty("from_lane")}>{first.GetProperty("to_lane")} {second.GetProperty("from_lane")}>{second.GetProperty("to_lane")}")
            .IsEqualTo("planned>claimed claimed>in_progress");
        await Assert.That(Micros(second.GetProperty("at").GetString()!) - Micros(first.GetProperty("at").GetString()!)).IsEqualTo(1);
        await Assert.That(string.CompareOrdinal(first.GetProperty("event_id").GetString(), second.GetProperty("event_id").GetString())).IsLessThan(0);
        await Assert.That(data.GetProperty("from_lane").GetString()).IsEqualTo("planned");
        await Assert.That(data.GetProperty("no_op").GetBoolean()).IsFalse();
        await Assert.That(data.GetProperty("prompt_path").GetString()).IsEqualTo(Path.Combine(mission.Directory, "tasks", "WP01-do-the-thing.md"));
        await Assert.That(data.GetProperty("workspace_path").GetString()).IsEqualTo(sandbox.At($".worktrees/{mission.Slug}-WP01"));
        await Assert.That(Directory.Exists(sandbox.At(".worktrees"))).IsFalse();
    }

    [Test]
    public async Task Rows_have_the_shared_byte_form_and_members()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await mission.StartAsync("WP01", "J\u00FCrgen \u2028 \U0001F431 \"x\" \\ \u007F")).Ok();

        foreach (var line in mission.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2..])
        {
            var row = StrictJson.Parse(line);
            await Assert.That(line).IsEqualTo(PythonText.Encode(row, sorted: true));
            await Assert.That(string.Join(' ', row.EnumerateObject().Select(m => m.Name))).IsEqualTo(
                "actor at event_id evidence execution_mode force from_lane mission_id mission_slug policy_metadata reason review_ref to_lane wp_id");
            await Assert.That(UlidForm().IsMatch(row.GetProperty("event_id").GetString()!)).IsTrue();
            await Assert.That(TimeForm().IsMatch(row.GetProperty("at").GetString()!)).IsTrue();
            await Assert.That(row.GetProperty("execution_mode").GetString()).IsEqualTo("worktree");
            await Assert.That(row.GetProperty("mission_id").GetString()).IsEqualTo(mission.Id);
        }
    }

    [Test]
    public async Task A_mission_without_an_id_leaves_the_key_out()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Id(null).Write();

        var data = (await mission.StartAsync("WP01")).Ok();

        await Assert.That(mission.Rows[^1].TryGetProperty("mission_id", out _)).IsFalse();
        await Assert.That(PythonText.Encode(data)).StartsWith("{\"mission_id\": null, \"mission_slug\": ");
    }

    [Test]
    [Arguments("codex")]
    [Arguments(" codex")]
    [Arguments("codex\t")]
    public async Task The_same_actor_again_changes_nothing(string actor)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        (await mission.StartAsync("WP01")).Ok();
        var before = sandbox.Tree();

        var data = (await mission.StartAsync("WP01", actor)).Ok();

        await Assert.That(data.GetProperty("no_op").GetBoolean()).IsTrue();
        await Assert.That(data.GetProperty("from_lane").GetString()).IsEqualTo("in_progress");
        sandbox.Tree().MustEqual(before, "a repeated start");
    }

    [Test]
    [Arguments("other")]
    [Arguments("Codex")]
    [Arguments("")]
    public async Task Another_actor_is_refused_and_told_who_holds_it(string actor)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        (await mission.StartAsync("WP01")).Ok();
        var before = sandbox.Tree();

        var call = (await mission.StartAsync("WP01", actor)).Fails("WP_ALREADY_CLAIMED", "WP WP01 is already claimed for implementation by 'codex'");

        await Assert.That(call.Text("claimed_by")).IsEqualTo("codex");
        await Assert.That(call.Text("requesting_actor")).IsEqualTo(actor);
        await Assert.That(call.Text("effect")).IsEqualTo("none");
        sandbox.Tree().MustEqual(before, "a refused start");
    }

    [Test]
    public async Task A_claimed_work_package_is_begun_by_its_owner_only()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        (await mission.MoveAsync("WP01", "claimed")).Ok();

        (await mission.StartAsync("WP01", "other")).Fails("WP_ALREADY_CLAIMED");
        var data = (await mission.StartAsync("WP01")).Ok();

        await Assert.That(data.GetProperty("from_lane").GetString()).IsEqualTo("claimed");
        await Assert.That(mission.Rows.Length).IsEqualTo(5);
    }

    [Test]
    [Arguments("unknown")]
    [Arguments("implement-command")]
    [Arguments("")]
    [Arguments("  ")]
    public async Task An_owner_that_is_nobody_gives_way(string nobody)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "claimed", nobody);
        mission.Put("WP02", "in_progress", nobody);

        (await mission.StartAsync("WP01")).Ok();
        await Assert.That((await mission.StartAsync("WP02")).Ok().GetProperty("no_op").GetBoolean()).IsTrue();
    }

    [Test]
    [Arguments("for_review")]
    [Arguments("in_review")]
    [Arguments("approved")]
    [Arguments("done")]
    [Arguments("blocked")]
    [Arguments("canceled")]
    public async Task A_start_from_another_lane_is_refused(string lane)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", lane, "codex");
        var before = sandbox.Tree();

        (await mission.StartAsync("WP01")).Fails("TRANSITION_REJECTED", $"WP WP01 is in '{lane}', cannot start implementation");

        sandbox.Tree().MustEqualButForLocks(before, "a refused start");
    }

    [Test]
    public async Task A_start_needs_an_actor()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await mission.StartAsync("WP01", " ")).Fails("TRANSITION_REJECTED", "Transition requires actor identity");
        await Assert.That(mission.Rows.Length).IsEqualTo(3);
    }

    [Test]
    public async Task A_work_package_without_rows_is_planned_for_reads_and_writes()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Unseeded().Write();

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("planned");
        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP01");
        await Assert.That((await mission.StartAsync("WP01")).Ok().GetProperty("from_lane").GetString()).IsEqualTo("planned");
        await Assert.That(mission.Rows.Length).IsEqualTo(2);
    }

    [Test]
    public async Task Dependencies_gate_the_start_of_planned_and_of_claimed_work()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var before = sandbox.Tree();

        var call = (await mission.StartAsync("WP03")).Fails("DEPENDENCIES_NOT_SATISFIED");
        await Assert.That(string.Join(' ', call.Texts("unsatisfied_dependencies"))).IsEqualTo("WP01 WP02");
        sandbox.Tree().MustEqualButForLocks(before, "a refused start");

        (await mission.MoveAsync("WP03", "claimed")).Ok();
        (await mission.StartAsync("WP03")).Fails("DEPENDENCIES_NOT_SATISFIED");
        mission.Put("WP01", "approved");
        call = (await mission.StartAsync("WP03")).Fails("DEPENDENCIES_NOT_SATISFIED");
        await Assert.That(string.Join(' ', call.Texts("unsatisfied_dependencies"))).IsEqualTo("WP02");
        mission.Put("WP02", "done");
        (await mission.StartAsync("WP03")).Ok();
    }

    [Test]
    public async Task What_list_ready_lists_is_what_a_start_accepts()
    {
        var lanes = new[] { "", "genesis", "planned", "claimed", "in_progress", "for_review", "in_review", "approved", "done", "blocked", "canceled" };
        using var sandbox = await Sandbox.WithGitAsync();
        var builder = sandbox.Mission().Unseeded().Wp("WP90", "WP90").Wp("WP91", "WP92").Wp("WP92", "WP91").Wp("WP93", "WP77").Wp("WP94", "WP95").Wp("WP95");
        for (var i = 0; i < lanes.Length; i++)
        {
            builder.Wp($"WP{i + 10}").Wp($"WP{i + 30}", $"WP{i + 10}");
        }

        var mission = builder.Write();
        mission.Write("tasks/WP96-broken.md", "---\nwork_package_id: [\n---\n");
        for (var i = 1; i < lanes.Length; i++)
        {
            mission.Put($"WP{i + 10}", lanes[i], "somebody else");
        }

        var ready = (await mission.ReadyIdsAsync()).Split(' ');
        var accepted = new List<string>();
        foreach (var wp in Directory.GetFiles(Path.Combine(mission.Directory, "tasks")).Select(f => Path.GetFileName(f).Split('-')[0]).Order(StringComparer.Ordinal))
        {
            // Each on the log as it was, so that one start does not change the next one's answer.
            var log = mission.Log;
            if ((await mission.StartAsync(wp, "me")).Envelope.Success)
            {
                accepted.Add(wp);
            }

            File.WriteAllText(mission.LogPath, log);
        }

        await Assert.That(string.Join(' ', ready)).IsEqualTo(string.Join(' ', accepted));
        await Assert.That(accepted).Contains("WP10").And.Contains("WP37").And.Contains("WP38").And.DoesNotContain("WP90");
    }

    [Test]
    public async Task A_review_is_claimed_once()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        (await mission.StartAsync("WP01")).Ok();
        await mission.ForReviewAsync("WP01");

        var data = (await mission.ReviewAsync("WP01", "rev", "--review-ref", "r/1")).Ok();
        await Assert.That($"{data.GetProperty("from_lane")} {data.GetProperty("to_lane")} {data.GetProperty("no_op")}").IsEqualTo("for_review in_review False");
        await Assert.That(data.TryGetProperty("workspace_path", out _)).IsFalse();
        var row = mission.Rows[^1];
        await Assert.That(row.GetProperty("reason").GetString()).IsEqualTo("Started review via action command");
        await Assert.That(row.GetProperty("review_ref").GetString()).IsEqualTo("r/1");

        var before = sandbox.Tree();
        data = (await mission.ReviewAsync("WP01", " rev ", "--review-ref", "r/2")).Ok();
        await Assert.That($"{data.GetProperty("from_lane")} {data.GetProperty("no_op")}").IsEqualTo("in_review True");
        var call = (await mission.ReviewAsync("WP01", "other")).Fails("WP_ALREADY_CLAIMED", "WP WP01 is already claimed for review by 'rev'");
        await Assert.That(call.Text("claimed_by")).IsEqualTo("rev");
        sandbox.Tree().MustEqual(before, "a repeated or refused review");
    }

    [Test]
    [Arguments("unknown", false)]
    [Arguments("implement-command", false)]
    [Arguments("", true)]
    public async Task Only_a_nameless_reviewer_gives_way(string reviewer, bool givesWay)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "in_review", reviewer);

        var call = await mission.ReviewAsync("WP01");

        await Assert.That(call.Envelope.Success).IsEqualTo(givesWay);
    }

    [Test]
    [Arguments("planned")]
    [Arguments("claimed")]
    [Arguments("in_progress")]
    [Arguments("approved")]
    [Arguments("done")]
    [Arguments("blocked")]
    [Arguments("canceled")]
    public async Task A_review_from_another_lane_is_refused(string lane)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", lane);

        (await mission.ReviewAsync("WP01")).Fails("TRANSITION_REJECTED", $"WP WP01 is in '{lane}', cannot start review");
    }

    [Test]
    public async Task The_implementer_may_review()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "for_review", "codex");

        (await mission.ReviewAsync("WP01", "codex")).Ok();
    }

    [Test]
    public async Task A_new_row_takes_effect_after_one_of_the_future()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Append(mission.Event("WP02", "planned", "claimed", "2999-12-31T23:59:59.999999+00:00"));

        (await mission.StartAsync("WP01")).Ok();

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
        await Assert.That(mission.Rows[^2].GetProperty("at").GetString()).IsEqualTo("3000-01-01T00:00:00+00:00");
        await Assert.That(mission.Rows[^1].GetProperty("at").GetString()).IsEqualTo("3000-01-01T00:00:00.000001+00:00");
    }

    [Test]
    [Arguments("9999-12-31T23:59:59.999999+00:00")]
    [Arguments("tomorrow")]
    public async Task Where_no_time_can_sort_after_the_newest_the_row_is_named(string at)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Append(mission.Event("WP02", "planned", "claimed", at));
        var before = sandbox.Tree();

        var call = (await mission.StartAsync("WP01")).Fails("EVENT_LOG_CORRUPT");

        await Assert.That(call.Data.GetProperty("line").GetInt32()).IsEqualTo(4);
        sandbox.Tree().MustEqualButForLocks(before, "a refused start");
        await Assert.That(await mission.LaneAsync("WP02")).IsEqualTo("claimed");
    }

    [Test]
    public async Task The_task_file_is_not_touched()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Meta("status_phase", 1).Write();
        mission.Write("tasks/WP01-do-the-thing.md", "---\nwork_package_id: WP01\ndependencies: []\nlane: planned\n---\n");
        var before = mission.Read("tasks/WP01-do-the-thing.md");

        (await mission.StartAsync("WP01")).Ok();

        await Assert.That(mission.Read("tasks/WP01-do-the-thing.md")).IsEqualTo(before);
    }

    private static long Micros(string at) =>
        DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).Ticks / TimeSpan.TicksPerMicrosecond;

    [GeneratedRegex(@"^[0-7][0-9A-HJKMNP-TV-Z]{25}\z")]
    private static partial Regex UlidForm();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00\z")]
    private static partial Regex TimeForm();
}
