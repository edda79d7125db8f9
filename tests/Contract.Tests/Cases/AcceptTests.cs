using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>accept-mission: who is ready, what meta.json becomes to the byte, and that nothing a data file names is run (HOST §6.8, DESIGN §9).</summary>
public sealed class AcceptTests
{
    [Test]
    [Arguments("planned")]
    [Arguments("in_review")]
    [Arguments("blocked")]
    [Arguments("canceled")]
    public async Task Only_approved_and_done_are_ready_and_a_refusal_writes_nothing(string lane)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().Wp("WP01").Wp("WP02").Wp("WP03").CommitAsync();
        mission.Put("WP01", "approved");
        mission.Put("WP02", lane);
        mission.Put("WP03", "done");
        var before = sandbox.Tree();

        var call = (await AcceptAsync(sandbox, mission)).Fails("MISSION_NOT_READY");

        await Assert.That(call.Texts("incomplete_wps")).IsEquivalentTo(["WP02"], CollectionOrdering.Matching);
        sandbox.Tree().MustEqualButForLocks(before, "the refusal");
    }

    [Test]
    public async Task A_work_package_that_only_the_log_or_only_a_file_knows_counts()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().Wp("WP02").Unseeded().CommitAsync();
        mission.Put("WP01", "claimed");

        await Assert.That((await AcceptAsync(sandbox, mission)).Fails("MISSION_NOT_READY").Texts("incomplete_wps")).IsEquivalentTo(["WP01", "WP02"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_mission_without_work_packages_is_ready()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ReadyAsync(sandbox);
        Directory.Delete(Path.Combine(mission.Directory, "tasks"), recursive: true);
        File.Delete(mission.LogPath);

        await Assert.That((await AcceptAsync(sandbox, mission)).Ok().GetProperty("accepted_wps").GetArrayLength()).IsEqualTo(0);
    }

    [Test]
    public async Task Every_other_byte_of_the_metadata_stays()
    {
        const string Before = "{\r\n\t\"zeta\": 1.50e+3,\r\n\t\"mission_slug\":  \"caf\\u00e9 \u00e9 \\/\",\r\n\t\"target_branch\": \"main\",\r\n\t\"list\": [1,2 , 3],\r\n\t\"big\": 123456789012345678901234567890\r\n}";
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ReadyAsync(sandbox);
        mission.Write("meta.json", Before);

        string at = (await AcceptAsync(sandbox, mission)).Ok().GetProperty("accepted_at").GetString()!;

        string after = mission.Read("meta.json");
        await Assert.That(after).StartsWith(Before[..^3] + ",\r\n").And.EndsWith("\r\n}");
        using var meta = JsonDocument.Parse(after);
        await Assert.That(meta.RootElement.GetProperty("accepted_at").GetString()).IsEqualTo(at);
        await Assert.That(meta.RootElement.GetProperty("acceptance_mode").GetString()).IsEqualTo("orchestrator");
        await Assert.That(meta.RootElement.GetProperty("acceptance_history").GetArrayLength()).IsEqualTo(1);
    }

    [Test]
    public async Task The_commit_of_an_earlier_acceptance_goes_and_its_history_stays()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ReadyAsync(sandbox);
        mission.Write("meta.json", """
            {
              "accept_commit": "abc",
              "acceptance_history": [
                {"accepted_at": "2026-01-01T00:00:00+00:00", "accepted_by": "first", "acceptance_mode": "pr"}
              ],
              "accepted_at": "2026-01-01T00:00:00+00:00",
              "accepted_by": "first",
              "accepted_from_commit": "abc",
              "target_branch": "main"
            }

            """);

        (await AcceptAsync(sandbox, mission)).Ok();

        using var meta = JsonDocument.Parse(mission.Read("meta.json"));
        var root = meta.RootElement;
        await Assert.That((root.TryGetProperty("accept_commit", out _), root.TryGetProperty("accepted_from_commit", out _))).IsEqualTo((false, false));
        await Assert.That(root.GetProperty("acceptance_history").EnumerateArray().Select(entry => entry.GetProperty("accepted_by").GetString()!)).IsEquivalentTo(["first", "boss"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task The_same_actor_again_changes_nothing_and_another_one_does()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ReadyAsync(sandbox);
        var first = (await AcceptAsync(sandbox, mission)).Ok();
        var before = sandbox.Tree();

        var again = (await AcceptAsync(sandbox, mission)).Ok();

        await Assert.That((first.GetProperty("no_op").GetBoolean(), again.GetProperty("no_op").GetBoolean())).IsEqualTo((false, true));
        await Assert.That(again.GetProperty("accepted_at").GetString()).IsEqualTo(first.GetProperty("accepted_at").GetString());
        sandbox.Tree().MustEqual(before, "the same acceptance");
        await Assert.That((await AcceptAsync(sandbox, mission, "another")).Ok().GetProperty("no_op").GetBoolean()).IsFalse();
        await Assert.That((await AcceptAsync(sandbox, mission)).Ok().GetProperty("no_op").GetBoolean()).IsFalse();
    }

    [Test]
    [Arguments("[]")]
    [Arguments("{\"acceptance_history\": 1}")]
    [Arguments("{\"target_branch\": \"main\"")]
    public async Task Metadata_that_cannot_be_edited_is_left_alone(string text)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ReadyAsync(sandbox);
        mission.Write("meta.json", text);
        var before = sandbox.Tree();

        (await AcceptAsync(sandbox, mission)).Fails("META_INVALID");

        sandbox.Tree().MustEqualButForLocks(before, "the refusal");
    }

    [Test]
    public async Task No_command_of_a_data_file_is_run()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ReadyAsync(sandbox);
        mission.WriteLanes(("lane-a", ["WP01"]));
        string ran = Path.Combine(sandbox.Top, "ran");
        mission.Write("acceptance-matrix.json", JsonSerializer.Serialize(new
        {
            negative_invariants = new[] { new { id = "N1", verification_method = "custom_command", verification_command = "touch " + ran, expected = "" } },
        }));
        string matrix = mission.Read("acceptance-matrix.json");

        (await AcceptAsync(sandbox, mission)).Ok();

        await Assert.That(File.Exists(ran)).IsFalse();
        await Assert.That(mission.Read("acceptance-matrix.json")).IsEqualTo(matrix);
    }

    [Test]
    [Arguments(null, false)]
    [Arguments("", false)]
    [Arguments("It went well.\n", false)]
    [Arguments("https://github.com/o/r/actions/runs/123456\n", true)]
    [Arguments("Run ID: 12345\n", true)]
    [Arguments("run 1234\n", false)]
    public async Task Changed_workflows_need_evidence_of_a_run(string? evidence, bool isEnough)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ReadyAsync(sandbox);
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write(".github/workflows/ci.yml", "on: push\n");
        await sandbox.CommitAsync("workflow");
        if (evidence is not null)
        {
            mission.Write("workflow-evidence.md", evidence);
        }

        var before = sandbox.Tree();
        var call = await AcceptAsync(sandbox, mission);

        if (isEnough)
        {
            call.Ok();
            return;
        }

        call.Fails("WORKFLOW_EVIDENCE_REQUIRED");
        await Assert.That((call.Envelope.ErrorCode, call.Text("required_evidence_path"))).IsEqualTo(("MISSION_NOT_READY", Path.Combine(mission.Directory, "workflow-evidence.md")));
        sandbox.Tree().MustEqualButForLocks(before, "the refusal");
    }

    [Test]
    public async Task On_the_target_workflows_need_no_evidence()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ReadyAsync(sandbox);
        sandbox.Write(".github/workflows/ci.yml", "on: push\n");
        await sandbox.CommitAsync("workflow");

        (await AcceptAsync(sandbox, mission)).Ok();
    }

    [Test]
    public async Task Acceptance_needs_no_git()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();
        mission.Put("WP01", "done");

        var data = (await AcceptAsync(sandbox, mission)).Ok();

        await Assert.That((data.GetProperty("accepted").GetBoolean(), data.GetProperty("mode").GetString())).IsEqualTo((true, "auto"));
    }

    private static Task<Call> AcceptAsync(Sandbox sandbox, Mission mission, string actor = "boss") =>
        sandbox.ApiAsync("accept-mission", "--mission", mission.DirectoryName, "--actor", actor);

    private static async Task<Mission> ReadyAsync(Sandbox sandbox)
    {
        var mission = await sandbox.Mission().Wp("WP01").CommitAsync();
        mission.Put("WP01", "approved");
        return mission;
    }
}
