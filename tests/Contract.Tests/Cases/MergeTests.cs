using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>merge-mission through the executable: everything lands, or nothing changes (HOST §6.9, DESIGN §9).</summary>
public sealed class MergeTests
{
    private const string Slug = MissionBuilder.DefaultSlug;
    private const string Branch = $"kitty/mission-{Slug}";

    [Test]
    [Arguments("merge")]
    [Arguments("squash")]
    [Arguments("rebase")]
    public async Task Every_lane_lands_and_the_mission_is_done(string strategy)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await ApprovedAsync(sandbox, ("lane-a", "WP01", "a.txt", "a\n"), ("lane-b", "WP02", "b.txt", "b\n"));

        var data = (await MergeAsync(sandbox, "--strategy", strategy)).Ok();

        await Assert.That(data.GetProperty("merged_wps").EnumerateArray().Select(wp => wp.GetString()!)).IsEquivalentTo(["WP01", "WP02"]);
        await Assert.That((sandbox.Read("a.txt"), sandbox.Read("b.txt"))).IsEqualTo(("a\n", "b\n"));
        await Assert.That(await sandbox.GitAsync("branch", "--list", Branch + "*")).IsEmpty();
        await Assert.That((await mission.LanesAsync()).Values.Distinct()).IsEquivalentTo(["done"]);
        await Assert.That(await sandbox.GitAsync("show", $"main:kitty-specs/{Slug}/status.events.jsonl")).Contains("\"to_lane\": \"done\"");
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEmpty();

        string head = await sandbox.GitAsync("rev-parse", "main");
        await Assert.That((await MergeAsync(sandbox, "--strategy", strategy)).Ok().GetProperty("no_op").GetBoolean()).IsTrue();
        await Assert.That(await sandbox.GitAsync("rev-parse", "main")).IsEqualTo(head);
    }

    [Test]
    [Arguments("merge")]
    [Arguments("squash")]
    [Arguments("rebase")]
    public async Task A_conflict_changes_nothing_and_is_named(string strategy)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await ApprovedAsync(sandbox, ("lane-a", "WP01", "same.txt", "a\n"), ("lane-b", "WP02", "same.txt", "b\n"));
        var before = await StateAsync(sandbox);

        var call = (await MergeAsync(sandbox, "--strategy", strategy)).Fails("MERGE_CONFLICT");

        await Assert.That(string.Join('\n', call.Texts("errors"))).Contains("same.txt");
        await Assert.That(await StateAsync(sandbox)).IsEqualTo(before);
    }

    [Test]
    public async Task What_is_not_approved_does_not_land()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await LanesAsync(sandbox, ("lane-a", "WP01", "a.txt", "a\n"));
        var before = await StateAsync(sandbox);

        var call = await MergeAsync(sandbox);

        await Assert.That(call.Envelope.ErrorCode).IsEqualTo("PREFLIGHT_FAILED");
        await Assert.That(string.Join('\n', call.Texts("errors"))).Contains("WP01");
        await Assert.That(await StateAsync(sandbox)).IsEqualTo(before);
    }

    [Test]
    public async Task A_file_of_the_users_in_the_way_stays_as_it_is()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await ApprovedAsync(sandbox, ("lane-a", "WP01", "a.txt", "a\n"));
        sandbox.Write("a.txt", "mine, untracked\n");
        var before = await StateAsync(sandbox);

        var call = await MergeAsync(sandbox);

        await Assert.That(call.Envelope.ErrorCode).IsEqualTo("PREFLIGHT_FAILED");
        await Assert.That(sandbox.Read("a.txt")).IsEqualTo("mine, untracked\n");
        await Assert.That(await StateAsync(sandbox)).IsEqualTo(before);
    }

    [Test]
    public async Task An_unknown_strategy_and_an_unknown_target_are_refused()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await ApprovedAsync(sandbox, ("lane-a", "WP01", "a.txt", "a\n"));
        var before = await StateAsync(sandbox);

        (await MergeAsync(sandbox, "--strategy", "octopus")).Fails("UNSUPPORTED_STRATEGY");
        await Assert.That((await MergeAsync(sandbox, "--target", "nowhere")).Envelope.ErrorCode).IsEqualTo("PREFLIGHT_FAILED");
        await Assert.That(await StateAsync(sandbox)).IsEqualTo(before);
    }

    [Test]
    public async Task The_target_is_pushed_and_a_rejected_push_is_pushed_by_the_next_call()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await ApprovedAsync(sandbox, ("lane-a", "WP01", "a.txt", "a\n"));
        string remote = Path.Combine(sandbox.Top, "remote.git");
        await sandbox.GitAsync("init", "-q", "--bare", remote);
        await sandbox.GitAsync("remote", "add", "origin", remote);
        await sandbox.GitAsync("push", "-q", "origin", "main");
        string hook = Path.Combine(remote, "hooks", "pre-receive");
        await File.WriteAllTextAsync(hook, "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var refused = (await MergeAsync(sandbox, "--push")).Fails("PUSH_REJECTED");

        await Assert.That((refused.Text("effect"), refused.Data.GetProperty("merged").GetBoolean(), refused.Data.GetProperty("pushed").GetBoolean()))
            .IsEqualTo(("committed", true, false));
        await Assert.That(sandbox.Read("a.txt")).IsEqualTo("a\n");

        File.Delete(hook);
        await Assert.That((await MergeAsync(sandbox, "--push")).Ok().GetProperty("pushed").GetBoolean()).IsTrue();
        await Assert.That(await sandbox.GitInAsync(remote, "rev-parse", "main")).IsEqualTo(await sandbox.GitAsync("rev-parse", "main"));
    }

    private static Task<Call> MergeAsync(Sandbox sandbox, params string[] more) => sandbox.ApiAsync(["merge-mission", "--mission", Slug, .. more]);

    /// <summary>A mission whose lanes have a branch with one commit each, every work package approved through the contract.</summary>
    private static async Task<Mission> ApprovedAsync(Sandbox sandbox, params (string Lane, string Wp, string File, string Text)[] plan)
    {
        var mission = await LanesAsync(sandbox, plan);
        foreach (var (_, wp, _, _) in plan)
        {
            (await mission.StartAsync(wp)).Ok();
            await mission.ForReviewAsync(wp);
            (await mission.ReviewAsync(wp)).Ok();
            (await mission.MoveAsync(wp, "approved", "--evidence-json", Mission.Evidence)).Ok();
        }

        return mission;
    }

    private static async Task<Mission> LanesAsync(Sandbox sandbox, params (string Lane, string Wp, string File, string Text)[] plan)
    {
        var builder = sandbox.Mission();
        foreach (var (_, wp, _, _) in plan)
        {
            builder = builder.Wp(wp);
        }

        var mission = builder.Write();
        mission.WriteLanes([.. plan.Select(lane => (lane.Lane, (string[])[lane.Wp]))]);
        await sandbox.CommitAsync("mission and lanes");
        await sandbox.GitAsync("branch", Branch, "main");
        foreach (var (lane, _, file, text) in plan)
        {
            string worktree = Path.Combine(sandbox.Top, "build-" + lane);
            await sandbox.GitAsync("worktree", "add", "-q", "-b", $"{Branch}-{lane}", worktree, "main");
            await File.WriteAllTextAsync(Path.Combine(worktree, file), text);
            await sandbox.CommitAsync($"work on {lane}", worktree);
            await sandbox.GitAsync("worktree", "remove", worktree);
        }

        return mission;
    }

    /// <summary>Refs, worktrees, index and working tree as git sees them, and the log.</summary>
    private static async Task<string> StateAsync(Sandbox sandbox) => string.Join(
        '\n',
        await sandbox.GitAsync("for-each-ref", "--format=%(refname) %(objectname)"),
        await sandbox.GitAsync("worktree", "list", "--porcelain"),
        await sandbox.GitAsync("status", "--porcelain"),
        await sandbox.GitAsync("diff"),
        sandbox.Read($"kitty-specs/{Slug}/status.events.jsonl"));
}
