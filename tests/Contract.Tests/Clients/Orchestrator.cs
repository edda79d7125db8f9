using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Clients;

/// <summary>The main loop of the reference orchestrator, which both of its generations have (HOST §10.6): drive what is ready, until every work package is finished.</summary>
internal abstract class Orchestrator(OrchestratorClient client, FakeAgent agent, string name)
{
    private static readonly string[] Finished = ["done", "canceled", "blocked"];

    private readonly List<string> _skipped = [];

    /// <summary>The work packages that somebody else had claimed first.</summary>
    internal IReadOnlyList<string> Skipped => _skipped;

    protected OrchestratorClient Client { get; } = client;

    protected FakeAgent Agent { get; } = agent;

    protected string Actor { get; } = name;

    protected string Reviewer => "reviewer-of-" + Actor;

    /// <summary>Drives the mission until nothing of it is left to be done, beside whoever else does.</summary>
    internal async Task RunAsync()
    {
        await Client.OkAsync("contract-version");
        for (var rounds = 0; ; rounds++)
        {
            var lanes = await Client.LanesAsync();
            if (lanes.Values.All(lane => Finished.Contains(lane) || lane == LastLane))
            {
                return;
            }

            var ready = await Client.ReadyAsync();
            await Task.WhenAll(ready.Select(TryDriveAsync));

            // What depends on a blocked one will never be ready.
            if (ready.Length == 0 && lanes.Values.All(lane => Finished.Contains(lane) || lane == LastLane || lane == "planned"))
            {
                return;
            }

            Harness.Contract.Holds(rounds < 5_000, "the mission does not get any further: " + string.Join(' ', lanes));
        }
    }

    /// <summary>The lane in which a work package is finished for this generation.</summary>
    protected abstract string LastLane { get; }

    /// <summary>Brings a claimed work package to its end.</summary>
    /// <param name="wp">Which.</param>
    /// <param name="workspace">Where it is to be worked on.</param>
    protected abstract Task DriveAsync(string wp, string workspace);

    /// <summary>What the reference client does where an agent fails: the work package is blocked.</summary>
    protected async Task BlockAsync(string wp, params string[] more)
    {
        await Client.MoveAsync(wp, "blocked", Actor, ["--note", "agent failed with status 1", .. more]);
        await Client.NoteAsync(wp, "failed");
    }

    private async Task TryDriveAsync(string wp)
    {
        var claim = await Client.CallAsync("start-implementation", OrchestratorClient.Claim(wp, Actor));
        if (claim.Envelope.Success)
        {
            await Client.NoteAsync(wp, "claimed");
            await DriveAsync(wp, claim.Text("workspace_path"));
            return;
        }

        // Whoever got it may be as far as done by now.
        Harness.Contract.Holds(claim.Reason is "WP_ALREADY_CLAIMED" or "TRANSITION_REJECTED", $"{claim}: {claim.Reason} {claim.Message}");
        lock (_skipped)
        {
            _skipped.Add(wp);
        }
    }
}
