using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;
using VerifyTUnit;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>A verified transcript of each command doing what it is for, and of the help.</summary>
public sealed class CommandSnapshots
{
    [Test]
    public async Task Contract_version()
    {
        using var sandbox = Sandbox.Empty();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("contract-version");
        await transcript.ApiAsync("contract-version", "--provider-version", "1.0.0");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Mission_state()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Append(mission.Event("WP01", "planned", "claimed", Mission.SeedTime(60), ("actor", "codex")));
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", mission.Slug);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task List_ready()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Wp("WP02", "WP01").Wp("WP03", "WP02").Wp("WP04").Write();
        mission.Put("WP01", "approved");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("list-ready", "--mission", mission.Slug);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Start_implementation_and_the_same_again()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);
        await transcript.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Start_review_and_the_same_again()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "for_review");
        var transcript = sandbox.Record();

        string[] argv = ["start-review", "--mission", mission.Slug, "--wp", "WP01", "--actor", "reviewer", "--review-ref", "review/WP01/1", "--policy", Policy.Valid];
        await transcript.ApiAsync(argv);
        await transcript.ApiAsync(argv);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Transition()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "in_review");
        var transcript = sandbox.Record();

        await transcript.ApiAsync(
            "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "approved", "--actor", "reviewer", "--note", "looks good",
            "--review-ref", "review/1", "--evidence-json", Mission.Evidence, "--policy", Policy.Valid);
        await transcript.ApiAsync("transition", "--mission", mission.Slug, "--wp", "WP02", "--to", "canceled", "--actor", "lead");
        await transcript.ApiAsync(
            "transition", "--mission", mission.Slug, "--wp", "WP02", "--to", "planned", "--actor", "lead", "--force", "--note", "na\u00EFve \u2028 idea");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Append_history_on_a_protected_branch_and_on_another()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        var transcript = sandbox.Record();

        string[] argv = ["append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex"];
        await transcript.ApiAsync([.. argv, "--note", "tests pass"]);
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        await transcript.ApiAsync([.. argv, "--note", "two\nlines"]);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Accept_mission_and_the_same_again()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.Put("WP01", "done");
        mission.Put("WP02", "approved");
        mission.Put("WP03", "approved");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("accept-mission", "--mission", mission.Slug, "--actor", "lead");
        await transcript.ApiAsync("accept-mission", "--mission", mission.Slug, "--actor", "lead");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Merge_mission_and_the_same_again()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await LanesMission.CreateAsync(sandbox, [("lane-a", "WP01", "a.txt", "a\n"), ("lane-b", "WP02", "b.txt", "b\n")]);
        foreach (var (lane, wp) in new[] { ("lane-a", "WP01"), ("lane-b", "WP02") })
        {
            await sandbox.GitAsync("worktree", "add", "-q", "-b", LanesMission.LaneBranch(lane), LanesMission.Worktree(sandbox, lane), "main");
            await LanesMission.WorkAsync(sandbox, lane, wp + ".txt", wp + "\n");
            mission.Put(wp, "approved");
        }

        var transcript = sandbox.Record();

        await transcript.ApiAsync("merge-mission", "--mission", mission.DirectoryName);
        await transcript.ApiAsync("merge-mission", "--mission", mission.DirectoryName);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Resolve_workspace()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        mission.Write("tasks/WP05-alone.md", MissionBuilder.TaskFile("WP05"));
        var transcript = sandbox.Record();

        await transcript.ApiWithAsync([("SPEC_KITTY_CONTRACT", "1.2.0")], "resolve-workspace", "--mission", mission.DirectoryName, "--wp", "WP01");
        await transcript.ApiWithAsync([("SPEC_KITTY_CONTRACT", "1.2.0")], "resolve-workspace", "--mission", mission.DirectoryName, "--wp", "WP05");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task A_mission_with_a_coordination_branch()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission("thing-01JQ8Z4T").Meta("coordination_branch", "kitty/mission-thing-01JQ8Z4T").Wp("WP01").CommitAsync();
        await sandbox.GitAsync("branch", "kitty/mission-thing-01JQ8Z4T");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", mission.Slug);
        await transcript.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);
        await transcript.ApiAsync("mission-state", "--mission", mission.Slug);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task A_mission_without_ids_in_a_project_without_git()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission("notes").Id(null).Wp("WP01").Write();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", "notes");
        await transcript.ApiAsync("start-implementation", "--mission", "notes", "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
        await Assert.That(mission.Rows.Length).IsEqualTo(3);
    }

    [Test]
    public async Task Help_of_the_group()
    {
        using var sandbox = Sandbox.Empty();
        var transcript = sandbox.Record();

        await transcript.RunAsync("orchestrator-api", "--help");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task Help_of_a_command()
    {
        using var sandbox = Sandbox.Empty();
        var transcript = sandbox.Record();

        await transcript.RunAsync("orchestrator-api", "transition", "--help");
        await transcript.RunAsync("orchestrator-api", "contract-version", "--help");

        await VerifyAsync(transcript);
    }

    private static async Task VerifyAsync(Transcript transcript) => await Verifier.Verify(transcript.Text).UseDirectory("Verified");
}
