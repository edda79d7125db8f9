using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What a merge costs in processes: two, and two for each lane, at most.</summary>
public sealed class MergeCostTests
{
    private const int Lanes = 10;

    [Test]
    [Arguments("merge", false)]
    [Arguments("squash", false)]
    [Arguments("rebase", false)]
    [Arguments("merge", true)]
    public async Task A_merge_of_ten_lanes_starts_few_processes(string strategy, bool hasWorktrees)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await Tracer.RequireAsync(sandbox);
        var scene = await MergeScene.CreateAsync(
            sandbox, [.. Enumerable.Range(0, Lanes).Select(i => new PlannedLane($"lane-{(char)('a' + i)}", $"WP{i + 1:00}", $"lane-{i}/file.txt", $"{i}\n"))]);
        for (int i = 0; hasWorktrees && i < Lanes; i++)
        {
            await scene.CheckOutAsync($"lane-{(char)('a' + i)}");
        }

        var (call, lines) = await Tracer.TraceAsync(sandbox, "merge-mission", "--mission", MergeScene.Slug, "--strategy", strategy);

        call.Ok();
        string[] programs = Tracer.Programs(lines);
        await Assert.That(programs.Length).IsLessThanOrEqualTo(2 + (2 * Lanes)).Because(string.Join('\n', programs));
        await scene.IsLandedAsync();
    }
}
