using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Level 1.3.0: the structured review outcome, notes as rows, and the roster of subtasks (HOST §10.5, DESIGN §11).</summary>
public sealed class ReviewResultTests
{
    private const string Approved = """{"reference":"review/1","reviewer":"reviewer","verdict":"approved"}""";

    [Test]
    [Arguments("{", "Invalid JSON in --review-result-json: ")]
    [Arguments("[]", "--review-result-json must decode to a JSON object")]
    [Arguments("7", "--review-result-json must decode to a JSON object")]
    [Arguments("{}", "--review-result-json requires non-empty reviewer, verdict, and reference strings")]
    [Arguments("""{"reviewer":" ","verdict":"approved","reference":"x"}""", "--review-result-json requires non-empty reviewer, verdict, and reference strings")]
    [Arguments("""{"reviewer":1,"verdict":"approved","reference":"x"}""", "--review-result-json requires non-empty reviewer, verdict, and reference strings")]
    [Arguments("""{"reviewer":"r","verdict":"approved"}""", "--review-result-json requires non-empty reviewer, verdict, and reference strings")]
    [Arguments("""{"reviewer":"r","verdict":"fine","reference":"x"}""", "--review-result-json verdict must be 'approved' or 'changes_requested'")]
    [Arguments("""{"reviewer":"r","verdict":"approved","reference":"x","feedback_path":1}""", "--review-result-json feedback_path must be a string")]
    public async Task A_flaw_in_it_is_a_usage_error_before_the_mission_is_looked_for(string json, string message)
    {
        using var sandbox = await AtLevelAsync();

        var call = (await sandbox.ApiAsync(
            "transition", "--mission", "nowhere", "--wp", "WP01", "--to", "approved", "--actor", "a", "--policy", Policy.Valid, "--review-result-json", json)).Fails("USAGE_ERROR");

        await Assert.That(call.Message).StartsWith(message);
        await Assert.That(call.Envelope.Command).IsEqualTo("orchestrator-api.transition");
    }

    [Test]
    public async Task It_ends_a_review_and_is_in_the_row()
    {
        using var sandbox = await AtLevelAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "in_review");
        mission.Put("WP02", "in_review");

        (await mission.MoveAsync(
            "WP01", "approved", "--review-ref", "review/1", "--evidence-json", Mission.Evidence, "--review-result-json",
            """{"verdict":"approved","reviewer":"reviewer","reference":"review/1","feedback_path":"f.md","unknown":1}""")).Ok();
        await Assert.That(PythonText.Encode(mission.Rows[^1].GetProperty("review_result")))
            .IsEqualTo("""{"feedback_path": "f.md", "reference": "review/1", "reviewer": "reviewer", "verdict": "approved"}""");

        (await mission.MoveAsync(
            "WP02", "in_progress", "--review-ref", "feedback/1", "--review-result-json", Approved.Replace("approved", "changes_requested", System.StringComparison.Ordinal).Replace("review/1", "feedback/1", System.StringComparison.Ordinal))).Ok();
        await Assert.That(mission.Rows[^1].GetProperty("review_result").GetProperty("verdict").GetString()).IsEqualTo("changes_requested");
    }

    [Test]
    [Arguments("changes_requested", "review/1", "review/1", "Transition to approved/done requires an approving review verdict")]
    [Arguments("approved", "review/2", "review/1", "review_ref must match review_result.reference")]
    [Arguments("approved", "review/1", "review/2", "Review evidence must match review_result")]
    [Arguments("approved", "review/1", "other", "Review evidence must match review_result")]
    public async Task What_contradicts_it_is_rejected(string verdict, string reviewRef, string evidence, string message)
    {
        using var sandbox = await AtLevelAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "in_review");
        var log = mission.Log;

        (await mission.MoveAsync(
            "WP01", "approved", "--review-ref", reviewRef, "--review-result-json", Approved.Replace("\"approved", "\"" + verdict, System.StringComparison.Ordinal),
            "--evidence-json", Mission.Evidence.Replace("review/1", evidence, System.StringComparison.Ordinal).Replace("approved", verdict, System.StringComparison.Ordinal)))
            .Fails("TRANSITION_REJECTED", message);

        await Assert.That(mission.Log).IsEqualTo(log);
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_note_is_a_row_and_no_file_is_edited(bool git)
    {
        using var sandbox = git ? await AtLevelAsync() : Sandbox.WithoutGit();
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.3.0";
        var mission = git ? await sandbox.Mission().CommitAsync() : sandbox.Mission().Write();
        var head = git ? await sandbox.GitAsync("rev-parse", "HEAD") : "";
        var task = mission.Read("tasks/WP01-do-the-thing.md");

        var data = (await sandbox.ApiAsync("append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", "half way")).Ok();

        await Assert.That(data.GetProperty("committed").GetBoolean()).IsFalse();
        await Assert.That(mission.Read("tasks/WP01-do-the-thing.md")).IsEqualTo(task);
        var row = mission.Rows[^1];
        await Assert.That(string.Join(' ', row.EnumerateObject().Select(member => member.Name))).IsEqualTo("actor at delta event_id kind wp_id");
        await Assert.That(row.GetProperty("kind").GetString()).IsEqualTo("annotation");
        await Assert.That(row.GetProperty("delta").GetProperty("note").GetString()).StartsWith("- [").And.EndsWith("] codex: half way");
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("planned");
        (await mission.StartAsync("WP01")).Ok();
        if (git)
        {
            await Assert.That(await sandbox.GitAsync("rev-parse", "HEAD")).IsEqualTo(head);
        }
    }

    [Test]
    public async Task A_note_on_a_coordinated_mission_is_one_commit_on_its_branch()
    {
        using var sandbox = await AtLevelAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox, isMaterialized: false);
        var tip = await mission.TipAsync();

        (await sandbox.ApiAsync("append-history", "--mission", CoordinatedMission.Slug, "--wp", "WP01", "--actor", "codex", "--note", "half way")).Ok();

        await Assert.That((await mission.SubjectsSinceAsync(tip)).Length).IsEqualTo(1);
        await mission.IsCommittedAsync();
        await Assert.That(mission.Rows.Length).IsEqualTo(4);
    }

    [Test]
    public async Task The_roster_of_subtasks_has_to_be_done_in_the_log()
    {
        using var sandbox = await AtLevelAsync();
        var mission = sandbox.Mission().Wp("WP01").Wp("WP02").Write();
        mission.Write("tasks.md", "## WP01\n\n- [x] T001 done\n");
        (await mission.StartAsync("WP01")).Ok();
        string[] flags = ["--subtasks-complete", "--implementation-evidence-present"];

        (await mission.MoveAsync("WP01", "for_review", flags)).Fails("TRANSITION_REJECTED");
        mission.Append(Annotation("01JQ8Z00000000000000000901", "pending", Mission.SeedTime(1)));
        (await mission.MoveAsync("WP01", "for_review", flags)).Fails("TRANSITION_REJECTED");
        mission.Append(Annotation("01JQ8Z00000000000000000902", "done", Mission.SeedTime(2)));
        (await mission.MoveAsync("WP01", "for_review", "--no-subtasks-complete", "--implementation-evidence-present")).Ok();

        (await mission.StartAsync("WP02")).Ok();
        (await mission.MoveAsync("WP02", "for_review", "--force", "--note", "as it is")).Ok();
    }

    [Test]
    public async Task An_empty_roster_is_complete()
    {
        using var sandbox = await AtLevelAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();
        mission.Write("tasks/WP01-do-the-thing.md", "---\nwork_package_id: WP01\ndependencies: []\nsubtasks: []\n---\n");
        (await mission.StartAsync("WP01")).Ok();

        (await mission.MoveAsync("WP01", "for_review", "--implementation-evidence-present")).Ok();
    }

    private static string Annotation(string id, string state, string at) => PythonText.Encode(JsonSerializer.SerializeToElement(new
    {
        actor = "codex",
        at,
        delta = new { subtasks = new { T001 = state } },
        event_id = id,
        kind = "annotation",
        wp_id = "WP01",
    }));

    private static async Task<Sandbox> AtLevelAsync()
    {
        var sandbox = await Sandbox.WithGitAsync();
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.3.0";
        return sandbox;
    }
}
