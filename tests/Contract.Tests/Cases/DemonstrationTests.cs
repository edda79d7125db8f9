using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>The demonstration of publish.sh runs from planned to done, and every line of it that is an envelope is one.</summary>
public sealed class DemonstrationTests
{
    [Test]
    public async Task The_demonstration_ends_with_the_mission_done_and_leaves_nothing_behind()
    {
        using var sandbox = Sandbox.Empty();
        await PublishedExecutable.PathAsync();
        sandbox.Environment["DOTNET_ROOT"] = System.Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "";
        var before = sandbox.Tree();

        var result = await Spawn.RunAsync(RepositoryRoot.File("publish.sh"), ["--if-stale", "demo"], sandbox.Home, sandbox.Environment);

        await Assert.That(result.StderrText).IsEqualTo("");
        await Assert.That(result.ExitStatus).IsEqualTo(0);
        var envelopes = result.StdoutText.Split('\n').Where(line => line.StartsWith('{')).Select(line => Envelope.Parse(System.Text.Encoding.UTF8.GetBytes(line + "\n"))).ToArray();
        await Assert.That(envelopes.Length).IsGreaterThan(15);
        var last = envelopes.Last(envelope => envelope.Command == "orchestrator-api.mission-state");
        await Assert.That(last.Data.GetProperty("summary").GetProperty("done").GetInt32()).IsEqualTo(3);
        sandbox.Tree().MustEqual(before, "the demonstration");
    }
}
