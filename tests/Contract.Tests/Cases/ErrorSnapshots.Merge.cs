using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;
using VerifyTUnit;

namespace SpecKitty.Contract.Tests.Cases;

/// <content>The codes of merge-mission and of calls that run git.</content>
public sealed partial class ErrorSnapshots
{
    [Test]
    public async Task UNSUPPORTED_STRATEGY()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("merge-mission", "--mission", Slug, "--strategy", "octopus");
        await transcript.ApiAsync("merge-mission", "--mission", "078-other", "--strategy", "Merge");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task PREFLIGHT_FAILED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await sandbox.Mission().CommitAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("merge-mission", "--mission", Slug, "--target", "nowhere");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task MERGE_CONFLICT()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await ApprovedAsync(sandbox, ("lane-a", "WP01", "same.txt", "a\n"), ("lane-b", "WP02", "same.txt", "b\n"));
        var transcript = sandbox.Record();

        await transcript.ApiAsync("merge-mission", "--mission", CoordinatedMission.DirectoryName);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task WORKTREE_DIRTY()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await ApprovedAsync(sandbox, ("lane-a", "WP01", "a.txt", "a\n"), ("lane-b", "WP02", "b.txt", "b\n"));
        await File.WriteAllTextAsync(Path.Combine(LanesMission.Worktree(sandbox, "lane-a"), "README.md"), "changed\n");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("merge-mission", "--mission", CoordinatedMission.DirectoryName);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task PUSH_REJECTED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await ApprovedAsync(sandbox, ("lane-a", "WP01", "a.txt", "a\n"), ("lane-b", "WP02", "b.txt", "b\n"));
        var remote = Path.Combine(sandbox.Top, "remote.git");
        await sandbox.GitAsync("init", "-q", "--bare", remote);
        await sandbox.GitAsync("remote", "add", "origin", remote);
        await sandbox.GitAsync("push", "-q", "origin", "main");
        var hook = Path.Combine(remote, "hooks", "pre-receive");
        await File.WriteAllTextAsync(hook, "#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n");
        File.SetUnixFileMode(hook, (UnixFileMode)0b111_101_101);
        var transcript = new AnswersTranscript(sandbox);

        await transcript.ApiAsync("merge-mission", "--mission", CoordinatedMission.DirectoryName, "--push");
        File.Delete(hook);
        await transcript.ApiAsync("merge-mission", "--mission", CoordinatedMission.DirectoryName, "--push");

        await Verifier.Verify(transcript.Text).UseDirectory("Verified");
    }

    [Test]
    public async Task GIT_FAILED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await CoordinatedMission.CreateAsync(sandbox);
        mission.Hook("pre-commit", "echo 'not on a Friday' >&2\nexit 1\n");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("start-implementation", "--mission", CoordinatedMission.DirectoryName, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    /// <summary>A mission in two lanes, with a commit on each and every work package approved through the contract.</summary>
    private static async Task ApprovedAsync(Sandbox sandbox, params (string Lane, string Wp, string File, string Text)[] plan)
    {
        var mission = await LanesMission.CreateAsync(sandbox, plan);
        foreach (var (lane, wp, file, text) in plan)
        {
            (await sandbox.ApiWithAsync(
                [("SPEC_KITTY_CONTRACT", "1.1.0")], "start-implementation", "--mission", mission.DirectoryName, "--wp", wp, "--actor", "codex", "--policy", Policy.Valid)).Ok();
            await LanesMission.WorkAsync(sandbox, lane, file, text);
            await mission.ForReviewAsync(wp);
            (await mission.ReviewAsync(wp)).Ok();
            (await mission.MoveAsync(wp, "approved", "--evidence-json", Mission.Evidence)).Ok();
        }
    }
}
