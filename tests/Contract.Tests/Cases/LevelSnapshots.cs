using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;
using VerifyTUnit;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>A verified transcript of each command at each level, on a mission whose status is on a coordination branch and whose work is in lanes.</summary>
public sealed class LevelSnapshots
{
    private const string Mission = CoordinatedMission.DirectoryName;
    private const string Evidence = Harness.Mission.Evidence;
    private const string Result = """{"reference": "review/1", "reviewer": "reviewer", "verdict": "approved"}""";

    [Test]
    [Arguments("1.0.0")]
    [Arguments("1.1.0")]
    [Arguments("1.2.0")]
    [Arguments("1.3.0")]
    public async Task The_commands_at_a_level(string level)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(
            sandbox,
            describe: builder => builder.Wp("WP01").Wp("WP02").Wp("WP03", "WP01", "WP02").Wp("WP04"),
            lanes: CoordinatedMission.Lanes(CoordinatedMission.Branch, LanesMission.Plan));
        sandbox.Write($"kitty-specs/{Mission}/tasks/WP01-do-the-thing.md", "---\nwork_package_id: WP01\nsubtasks: []\n---\n\n## Activity Log\n\n");
        await sandbox.CommitAsync("no subtasks");
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = level;
        var transcript = new AnswersTranscript(sandbox);

        await transcript.ApiAsync("contract-version");
        await transcript.ApiAsync("mission-state", "--mission", Mission);
        await transcript.ApiAsync("list-ready", "--mission", Mission);
        await transcript.ApiAsync("start-implementation", "--mission", Mission, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);
        await transcript.ApiAsync("resolve-workspace", "--mission", Mission, "--wp", "WP01");
        await transcript.ApiAsync("append-history", "--mission", Mission, "--wp", "WP01", "--actor", "codex", "--note", "half way");
        string[] review =
        [
            "transition", "--mission", Mission, "--wp", "WP01", "--to", "for_review", "--actor", "codex", "--policy", Policy.Valid,
            "--subtasks-complete", "--implementation-evidence-present",
        ];
        if (level != "1.0.0")
        {
            await transcript.ApiAsync(review);
            await LanesMission.WorkAsync(sandbox, "lane-a", "a.txt", "a\n");
        }

        await transcript.ApiAsync(review);
        await transcript.ApiAsync("start-review", "--mission", Mission, "--wp", "WP01", "--actor", "reviewer", "--review-ref", "review/1", "--policy", Policy.Valid);
        await transcript.ApiAsync(
            "transition", "--mission", Mission, "--wp", "WP01", "--to", "approved", "--actor", "reviewer", "--policy", Policy.Valid,
            "--evidence-json", Evidence, "--review-result-json", Result);
        await transcript.ApiAsync("start-implementation", "--mission", Mission, "--wp", "WP03", "--actor", "codex", "--policy", Policy.Valid);
        await transcript.ApiAsync("accept-mission", "--mission", Mission, "--actor", "lead");
        await sandbox.GitInAsync(mission.Worktree, "checkout", "-q", "--detach");
        await transcript.ApiAsync("transition", "--mission", Mission, "--wp", "WP02", "--to", "blocked", "--actor", "codex");

        await Verifier.Verify(transcript.Text).UseDirectory("Verified").UseParameters(level);
    }
}
