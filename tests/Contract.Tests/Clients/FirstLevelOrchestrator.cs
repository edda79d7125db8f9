using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>The orchestrator of the time of level 1.0.0 (tag v0.1.2), call by call: evidence by flags, completion by force, a history entry between the steps.</summary>
internal sealed class FirstLevelOrchestrator(OrchestratorClient client, FakeAgent agent, string name) : Orchestrator(client, agent, name)
{
    protected override string LastLane => "done";

    protected override async Task DriveAsync(string wp, string workspace)
    {
        for (var round = 1; ; round++)
        {
            if (!await Agent.ImplementAsync(wp, workspace))
            {
                await BlockAsync(wp, round == 1 ? [] : ["--force"]);
                return;
            }

            await SubmitAsync(wp);
            await Client.NoteAsync(wp, "implemented");
            var reference = $"review/{wp}/{round}";
            if (Agent.Review(wp))
            {
                // Un-forced it has to be refused: the reviewer is not recorded yet.
                await Client.FailsAsync("TRANSITION_REJECTED", "transition", OrchestratorClient.Move(wp, "done", Reviewer, "--review-ref", reference, "--note", "fine"));
                await StartReviewAsync(wp, reference);
                await Client.MoveAsync(wp, "done", Reviewer, "--force", "--review-ref", reference, "--note", "fine");
                await Client.NoteAsync(wp, "reviewed");
                return;
            }

            await StartReviewAsync(wp, reference);
            await Client.MoveAsync(wp, "in_progress", Actor, "--force", "--note", "changes requested", "--review-ref", "feedback/" + reference);
            await Client.NoteAsync(wp, "rework");
        }
    }

    /// <summary>To review; once more, by force, where that is refused.</summary>
    private async Task SubmitAsync(string wp)
    {
        var call = await Client.CallAsync("transition", OrchestratorClient.Move(wp, "for_review", Actor, "--subtasks-complete", "--implementation-evidence-present"));
        if (!call.Envelope.Success)
        {
            Harness.Contract.Equal(call.Envelope.ErrorCode, "TRANSITION_REJECTED", call.ToString());
            await Client.MoveAsync(wp, "for_review", Actor, "--subtasks-complete", "--implementation-evidence-present", "--force", "--note", "retry");
        }
    }

    private async Task StartReviewAsync(string wp, string reference)
    {
        var review = await Client.OkAsync("start-review", [.. OrchestratorClient.Claim(wp, Reviewer), "--review-ref", reference]);
        Harness.Contract.Equal(review.GetProperty("to_lane").GetString(), "in_review", "to_lane");
    }
}
