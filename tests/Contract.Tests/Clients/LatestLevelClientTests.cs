using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>The orchestrator of level 1.3.0, replayed call by call on a coordinated mission with lanes (HOST §10.6).</summary>
public sealed class LatestLevelClientTests
{
    [Test]
    public async Task A_work_package_is_driven_through_its_lane_to_approved()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var (client, mission) = await ClientAsync(sandbox);
        await client.OkAsync("contract-version");

        await ImplementAsync(sandbox, client);
        await client.MoveAsync("WP01", "for_review", "codex");
        await client.OkAsync("start-review", [.. OrchestratorClient.Claim("WP01", "reviewer"), "--review-ref", "review/1"]);
        await ApproveAsync(client, "review/1");

        await Assert.That(await client.LaneAsync("WP01")).IsEqualTo("approved");
        await mission.IsCommittedAsync();
    }

    [Test]
    public async Task A_rejected_work_package_is_reworked_in_its_lane()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var (client, mission) = await ClientAsync(sandbox);
        await ImplementAsync(sandbox, client);
        await client.MoveAsync("WP01", "for_review", "codex");
        await client.OkAsync("start-review", [.. OrchestratorClient.Claim("WP01", "reviewer"), "--review-ref", "review/1"]);

        await client.MoveAsync(
            "WP01", "in_progress", "codex", "--note", "changes requested", "--review-ref", "feedback/1", "--review-result-json",
            """{"feedback_path":"feedback.md","reference":"feedback/1","reviewer":"reviewer","verdict":"changes_requested"}""");
        var again = await client.OkAsync("start-implementation", OrchestratorClient.Claim("WP01", "codex"));
        await Assert.That(again.GetProperty("lane_id").GetString()).IsEqualTo("lane-a");
        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "better\n");
        await client.MoveAsync("WP01", "for_review", "codex");
        await client.OkAsync("start-review", [.. OrchestratorClient.Claim("WP01", "reviewer"), "--review-ref", "review/2"]);
        await ApproveAsync(client, "review/2");

        await mission.IsCommittedAsync();
    }

    [Test]
    [Arguments("for_review")]
    [Arguments("in_review")]
    public async Task A_parked_work_package_is_resumed_by_a_new_client(string lane)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var (first, _) = await ClientAsync(sandbox);
        await ImplementAsync(sandbox, first);
        await first.MoveAsync("WP01", "for_review", "codex");
        if (lane == "in_review")
        {
            await first.OkAsync("start-review", [.. OrchestratorClient.Claim("WP01", "reviewer"), "--review-ref", "review/1"]);
        }

        var second = new OrchestratorClient(sandbox, CoordinatedMission.Slug, "1.3.0");
        await Assert.That(await second.LaneAsync("WP01")).IsEqualTo(lane);
        var place = await second.OkAsync("resolve-workspace", "--wp", "WP01");
        await Assert.That(place.GetProperty("workspace_path").GetString()).IsEqualTo(LanesMission.Worktree(sandbox, "lane-a"));
        var review = await second.OkAsync("start-review", [.. OrchestratorClient.Claim("WP01", "reviewer"), "--review-ref", "review/1"]);
        await Assert.That(review.GetProperty("no_op").GetBoolean()).IsEqualTo(lane == "in_review");
        await ApproveAsync(second, "review/1");
    }

    private static async Task<(OrchestratorClient Client, CoordinatedMission Mission)> ClientAsync(Sandbox sandbox)
    {
        var mission = await CoordinatedMission.CreateAsync(
            sandbox,
            isMaterialized: false,
            builder => builder.Wp("WP01").Wp("WP02").Wp("WP03", "WP01", "WP02").Wp("WP04"),
            CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan));

        // The subtasks of WP01: none, so that its roster is complete without a row for each.
        mission.Mission.Write("tasks/WP01-do-the-thing.md", "---\nwork_package_id: WP01\ndependencies: []\nsubtasks: []\n---\n\n# WP01\n");
        return (new OrchestratorClient(sandbox, CoordinatedMission.DirectoryName, "1.3.0"), mission);
    }

    private static async Task ImplementAsync(Sandbox sandbox, OrchestratorClient client)
    {
        var data = await client.OkAsync("start-implementation", OrchestratorClient.Claim("WP01", "codex"));
        await Assert.That(data.GetProperty("workspace_path").GetString()).IsEqualTo(LanesMission.Worktree(sandbox, "lane-a"));
        await client.NoteAsync("WP01", "claimed");
        await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "done\n");
    }

    private static Task<System.Text.Json.JsonElement> ApproveAsync(OrchestratorClient client, string reference) => client.MoveAsync(
        "WP01", "approved", "reviewer", "--note", "fine", "--review-ref", reference,
        "--review-result-json", $$"""{"reference":"{{reference}}","reviewer":"reviewer","verdict":"approved"}""",
        "--evidence-json", $$$"""{"review":{"reference":"{{{reference}}}","reviewer":"reviewer","verdict":"approved"}}""");
}
