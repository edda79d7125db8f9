using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>
/// The orchestrator of level 1.3.0, call by call: it works in the lanes that the host allocates, sends neither flags nor force, completes with a structured review
/// result and evidence, and goes on with what another run left in review.
/// </summary>
internal sealed class LatestLevelOrchestrator(OrchestratorClient client, FakeAgent agent, string name) : Orchestrator(client, agent, name)
{
    protected override string LastLane => "approved";

    /// <summary>Finishes work packages that were parked in for_review or in_review by a run that ended.</summary>
    internal async Task ResumeAsync()
    {
        foreach (var (wp, lane) in await Client.LanesAsync())
        {
            if (lane is "for_review" or "in_review")
            {
                var place = await Client.OkAsync("resolve-workspace", "--wp", wp);
                await ReviewAsync(wp, place.GetProperty("workspace_path").GetString()!, round: 1);
            }
        }
    }

    protected override async Task DriveAsync(string wp, string workspace)
    {
        if (!await Agent.ImplementAsync(wp, workspace))
        {
            await BlockAsync(wp);
            return;
        }

        await Client.MoveAsync(wp, "for_review", Actor);
        await Client.NoteAsync(wp, "implemented");
        await ReviewAsync(wp, workspace, round: 1);
    }

    private async Task ReviewAsync(string wp, string workspace, int round)
    {
        for (; ; round++)
        {
            var reference = $"review/{wp}/{round}";
            await Client.OkAsync("start-review", [.. OrchestratorClient.Claim(wp, Reviewer), "--review-ref", reference]);
            if (Agent.Review(wp))
            {
                await Client.MoveAsync(
                    wp, "approved", Reviewer, "--note", "fine", "--review-ref", reference,
                    "--review-result-json", $$"""{"reference":"{{reference}}","reviewer":"{{Reviewer}}","verdict":"approved"}""",
                    "--evidence-json", $$$"""{"review":{"reference":"{{{reference}}}","reviewer":"{{{Reviewer}}}","verdict":"approved"}}""");
                await Client.NoteAsync(wp, "reviewed");
                return;
            }

            await Client.MoveAsync(
                wp, "in_progress", Actor, "--note", "changes requested", "--review-ref", reference,
                "--review-result-json", $$"""{"feedback_path":"feedback.md","reference":"{{reference}}","reviewer":"{{Reviewer}}","verdict":"changes_requested"}""");
            await Client.OkAsync("start-implementation", OrchestratorClient.Claim(wp, Actor));
            await Agent.ImplementAsync(wp, workspace);
            await Client.MoveAsync(wp, "for_review", Actor);
        }
    }
}
