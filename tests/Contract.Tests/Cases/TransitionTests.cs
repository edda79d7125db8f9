using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>transition beyond the lane machine: spelling, order of the checks, evidence, subtasks, and what a row keeps (HOST §6.6).</summary>
public sealed class TransitionTests
{
    [Test]
    [Arguments(" Claimed ", "claimed")]
    [Arguments("CLAIMED", "claimed")]
    [Arguments("doing", "in_progress")]
    [Arguments("\tDoing\n", "in_progress")]
    [Arguments("In_Progress", "in_progress")]
    public async Task A_lane_may_be_spelled_loosely(string spelled, string lane)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();
        if (lane == "in_progress")
        {
            mission.Put("WP01", "claimed");
        }

        await Assert.That((await mission.MoveAsync("WP01", spelled)).Ok().GetProperty("to_lane").GetString()).IsEqualTo(lane);
        await Assert.That(mission.Rows[^1].GetProperty("to_lane").GetString()).IsEqualTo(lane);
    }

    [Test]
    [Arguments("nirvana")]
    [Arguments("")]
    [Arguments(" ")]
    [Arguments("cancelled")]
    [Arguments("in-progress")]
    [Arguments("in progress")]
    [Arguments("\u0130n_progress")]
    public async Task A_lane_that_is_none_is_a_usage_error_of_the_command(string lane)
    {
        using var sandbox = Sandbox.WithoutGit();


        var call = (await sandbox.ApiAsync("transition", "--mission", "nowhere", "--wp", "WP01", "--to", lane, "--actor", "a", "--policy", "{")).Fails("USAGE_ERROR");
        await Assert.That(call.Envelope.Command).IsEqualTo("orchestrator-api.transition");
        await Assert.That(call.Message).StartsWith($"Unknown lane: '{lane.Trim().ToLowerInvariant()}'").Or.StartsWith($"Unknown lane: '{lane}'");
    }

    [Test]
    public async Task The_checks_have_an_order()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        string[] wrong = ["transition", "--mission", "nowhere", "--wp", "nothing", "--actor", "a"];

        (await sandbox.ApiAsync([.. wrong, "--to", "x", "--policy", "{", "--evidence-json", "{"])).Fails("USAGE_ERROR");
        (await sandbox.ApiAsync([.. wrong, "--to", "claimed", "--evidence-json", "{"])).Fails("POLICY_METADATA_REQUIRED");
        (await sandbox.ApiAsync([.. wrong, "--to", "claimed", "--policy", "{", "--evidence-json", "{"])).Fails("POLICY_VALIDATION_FAILED");
        (await sandbox.ApiAsync([.. wrong, "--to", "claimed", "--policy", Policy.Valid, "--evidence-json", "{"])).Fails("USAGE_ERROR");
        (await sandbox.ApiAsync([.. wrong, "--to", "claimed", "--policy", Policy.Valid])).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync([.. wrong, "--mission", mission.Slug, "--to", "claimed", "--policy", Policy.Valid, "--evidence-json", "{}"])).Fails("WP_NOT_FOUND");
        (await mission.MoveAsync("WP01", "claimed", "--evidence-json", "{}")).Fails("TRANSITION_REJECTED");
    }

    [Test]
    [Arguments("{", false)]
    [Arguments("nonsense", false)]
    [Arguments("{} x", false)]
    [Arguments("[]", true)]
    [Arguments("null", true)]
    [Arguments("1", true)]
    [Arguments("\"x\"", true)]
    public async Task Evidence_that_is_no_object_is_a_usage_error_of_the_command(string evidence, bool isJson)
    {
        using var sandbox = Sandbox.WithoutGit();

        var call = (await sandbox.ApiAsync("transition", "--mission", "nowhere", "--wp", "WP01", "--to", "done", "--actor", "a", "--evidence-json", evidence)).Fails("USAGE_ERROR");

        await Assert.That(call.Envelope.Command).IsEqualTo("orchestrator-api.transition");
        if (isJson)
        {
            await Assert.That(call.Message).IsEqualTo("--evidence-json must decode to a JSON object");
        }
        else
        {
            await Assert.That(call.Message).StartsWith("Invalid JSON in --evidence-json: ");
        }
    }

    [Test]
    [Arguments("{}")]
    [Arguments("""{"review": null}""")]
    [Arguments("""{"review": "x"}""")]
    [Arguments("""{"review": {"reviewer": "r", "verdict": "approved"}}""")]
    [Arguments("""{"review": {"reviewer": "r", "verdict": "approved", "reference": " "}}""")]
    [Arguments("""{"review": {"reviewer": "", "verdict": "approved", "reference": "x"}}""")]
    [Arguments("""{"review": {"reviewer": "r", "verdict": null, "reference": "x"}}""")]
    public async Task Evidence_without_a_review_is_refused_for_any_target_and_under_force(string evidence)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var before = sandbox.Tree();

        (await mission.MoveAsync("WP01", "claimed", "--evidence-json", evidence)).Fails("TRANSITION_REJECTED");
        (await mission.MoveAsync("WP01", "done", "--force", "--note", "n", "--evidence-json", evidence)).Fails("TRANSITION_REJECTED");

        sandbox.Tree().MustEqualButForLocks(before, "refused evidence");
    }

    [Test]
    public async Task Evidence_is_stored_in_its_known_members()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "in_review");
        mission.Put("WP02", "approved");

        (await mission.MoveAsync("WP01", "approved", "--evidence-json",
            """
            {"unknown": 1, "review": {"verdict": "changes_requested", "reference": "r", "reviewer": "é", "more": 2}, "repos": [], "verification": [],
             "hostname": "h"}
            """)).Ok();
        await Assert.That(PythonText.Encode(mission.Rows[^1].GetProperty("evidence"))).IsEqualTo(
            """{"review": {"reference": "r", "reviewer": "\u00e9", "verdict": "changes_requested"}}""");

        (await mission.MoveAsync("WP02", "done", "--evidence-json",
            """
            {"review": {"reviewer": "r", "verdict": "approved", "reference": "x"},
             "repos": [{"repo": "a", "branch": "b", "commit": "c"}, {"commit": "c", "repo": "a", "branch": "b", "files_touched": ["f", "g"]}],
             "verification": [{"command": "test", "summary": "fine", "result": "pass"}]}
            """)).Ok();
        await Assert.That(PythonText.Encode(mission.Rows[^1].GetProperty("evidence"))).IsEqualTo(
            """{"repos": [{"branch": "b", "commit": "c", "repo": "a"}, {"branch": "b", "commit": "c", "files_touched": ["f", "g"], "repo": "a"}], "review": """
            + """{"reference": "x", "reviewer": "r", "verdict": "approved"}, "verification": [{"command": "test", "result": "pass", "summary": "fine"}]}""");
    }

    [Test]
    public async Task Note_and_reference_are_kept_as_they_are()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await mission.MovePlainAsync("WP01", "blocked", "--note", " two\nlines ", "--review-ref", "")).Ok();
        await Assert.That(mission.Rows[^1].GetProperty("reason").GetString()).IsEqualTo(" two\nlines ");
        await Assert.That(mission.Rows[^1].GetProperty("review_ref").GetString()).IsEqualTo("");

        (await mission.MovePlainAsync("WP02", "blocked")).Ok();
        await Assert.That(mission.Rows[^1].GetProperty("reason").ValueKind).IsEqualTo(JsonValueKind.Null);
        await Assert.That(mission.Rows[^1].GetProperty("review_ref").ValueKind).IsEqualTo(JsonValueKind.Null);
    }

    [Test]
    public async Task An_actor_is_kept_verbatim_and_may_be_blank_where_no_guard_asks()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await mission.MovePlainAsync("WP01", "canceled", "--actor", "")).Ok();
        await Assert.That(mission.Rows[^1].GetProperty("actor").GetString()).IsEqualTo("");
        (await mission.MovePlainAsync("WP02", "canceled", "--actor", " me ")).Ok();
        await Assert.That(mission.Rows[^1].GetProperty("actor").GetString()).IsEqualTo(" me ");
    }

    [Test]
    public async Task The_same_transition_again_is_illegal()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await mission.MovePlainAsync("WP01", "blocked")).Ok();
        (await mission.MovePlainAsync("WP01", "blocked")).Fails("TRANSITION_REJECTED", "Illegal transition: blocked -> blocked");
    }

    [Test]
    public async Task A_transition_asks_for_no_dependencies_and_no_owner()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await mission.MoveAsync("WP03", "claimed")).Ok();
        (await mission.MoveAsync("WP03", "in_progress", "--actor", "somebody else")).Ok();
    }

    [Test]
    public async Task Open_boxes_of_the_work_package_hold_the_review_back()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Write("tasks.md", "# Tasks\n\n## WP01 first\n\n- [x] T001\n- [ ] T002\n\n## WP02 second\n\n- [x] T003\n\n##### - [ ] deep\n\n## WP03\n\n* [ ] no box\n");
        foreach (var wp in new[] { "WP01", "WP02", "WP03" })
        {
            mission.Put(wp, "in_progress");
        }

        (await mission.MoveAsync("WP01", "for_review")).Fails(
            "TRANSITION_REJECTED", "Transition in_progress -> for_review requires completed subtasks or force with reason");
        (await mission.MoveAsync("WP01", "for_review", "--subtasks-complete")).Ok();
        (await mission.MoveAsync("WP02", "for_review", "--no-subtasks-complete")).Fails("TRANSITION_REJECTED");
        (await mission.MoveAsync("WP02", "for_review")).Ok();
        (await mission.MoveAsync("WP03", "for_review")).Ok();
    }

    [Test]
    public async Task A_forced_row_counts_in_the_snapshot()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await mission.MovePlainAsync("WP01", "done", "--force", "--note", "n")).Ok();
        (await mission.MovePlainAsync("WP01", "planned", "--force", "--note", "n")).Ok();
        (await mission.MovePlainAsync("WP01", "blocked")).Ok();

        var snapshot = StrictJson.Parse(mission.Read("status.json")).GetProperty("work_packages").GetProperty("WP01");
        await Assert.That(snapshot.GetProperty("force_count").GetInt32()).IsEqualTo(2);
    }

    [Test]
    public async Task A_whole_life_in_one_mission()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();

        (await mission.StartAsync("WP01")).Ok();
        await mission.ForReviewAsync("WP01");
        // A client of the first contract approves like this, and counts on being refused before the review is claimed.
        (await mission.MovePlainAsync("WP01", "done", "--review-ref", "r", "--note", "n")).Fails("TRANSITION_REJECTED", "Illegal transition: for_review -> done");
        (await mission.ReviewAsync("WP01")).Ok();
        (await mission.MoveAsync("WP01", "in_progress", "--force", "--note", "rework", "--review-ref", "r")).Ok();
        await mission.ForReviewAsync("WP01");
        (await mission.ReviewAsync("WP01")).Ok();
        (await mission.MovePlainAsync("WP01", "done", "--force", "--review-ref", "r", "--note", "approved")).Ok();

        await Assert.That(string.Join(' ', mission.Rows.Select(row => row.GetProperty("to_lane").GetString()))).IsEqualTo(
            "planned claimed in_progress for_review in_review in_progress for_review in_review done");
    }

    [Test]
    [Arguments(100_000)]
    [Arguments(131_000)]
    public async Task A_note_may_be_as_long_as_an_argument_can_be(int length)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var note = string.Concat(Enumerable.Repeat("x\u00E9", length / 3));

        (await mission.MovePlainAsync("WP01", "blocked", "--note", note)).Ok();

        await Assert.That(mission.Rows[^1].GetProperty("reason").GetString()).IsEqualTo(note);
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("blocked");
    }
}
