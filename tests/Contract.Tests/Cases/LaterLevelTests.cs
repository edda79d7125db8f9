using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What has a later <c>since</c> does not exist at a lower level, and is there from that level on (DESIGN §4).</summary>
public sealed class LaterLevelTests
{
    [Test]
    public async Task Commands_do_not_exist_below_their_level()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var later = Levels.LaterCommands().ToArray();
        await Assert.That(later.Select(entry => entry.Command)).Contains("resolve-workspace");

        foreach (var (command, since) in later)
        {
            foreach (var level in Levels.All)
            {
                var has = Levels.Has(level, since);
                sandbox.Environment["SPEC_KITTY_CONTRACT"] = level;
                var call = await sandbox.ApiAsync(command, "--mission", mission.Slug, "--wp", "WP01");
                if (has)
                {
                    await Assert.That(call.Envelope.Command).IsEqualTo($"orchestrator-api.{command}");
                }
                else
                {
                    call.IsUsageError();
                }
            }
        }
    }

    [Test]
    public async Task Flags_do_not_exist_below_their_level()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var later = Levels.LaterFlags().ToArray();
        await Assert.That(later.Select(entry => entry.Flag)).Contains("--review-result-json");

        foreach (var (command, flag, since) in later)
        {
            foreach (var level in Levels.All)
            {
                sandbox.Environment["SPEC_KITTY_CONTRACT"] = level;
                var call = await sandbox.ApiAsync(
                    command, "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "a", flag, """{"reviewer":"r","verdict":"approved","reference":"x"}""");
                if (Levels.Has(level, since))
                {
                    await Assert.That(call.Envelope.Command).IsEqualTo($"orchestrator-api.{command}");
                }
                else
                {
                    await Assert.That(call.IsUsageError().Message).Contains(flag);
                }
            }
        }
    }

    [Test]
    public async Task Lane_fields_are_there_from_level_one_one_on()
    {
        foreach (var level in Levels.All)
        {
            using var sandbox = await Sandbox.WithGitAsync();
            var mission = await LanesMission.CreateAsync(sandbox);
            sandbox.Environment["SPEC_KITTY_CONTRACT"] = level;

            var data = (await mission.StartAsync("WP01")).Ok();

            await Assert.That(data.TryGetProperty("lane_id", out _)).IsEqualTo(level != "1.0.0");
            await Assert.That(System.IO.Directory.Exists(LanesMission.Worktree(sandbox, "lane-a"))).IsEqualTo(level != "1.0.0");
        }
    }

    [Test]
    public async Task Codes_fall_back_below_their_level()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        foreach (var level in Levels.All)
        {
            sandbox.Environment["SPEC_KITTY_CONTRACT"] = level;
            var call = (await mission.StartAsync("WP02")).Fails("DEPENDENCIES_NOT_SATISFIED");
            await Assert.That(call.Envelope.ErrorCode).IsEqualTo(level == "1.0.0" ? "TRANSITION_REJECTED" : "DEPENDENCIES_NOT_SATISFIED");
        }
    }

    [Test]
    [Arguments("--full-auto")]
    [Arguments("--yolo")]
    [Arguments("--dangerously-bypass-approvals-and-sandbox")]
    [Arguments("--dangerously-skip-permissions")]
    public async Task Banned_flags_are_refused_from_level_one_one_on(string banned)
    {
        foreach (var level in Levels.All)
        {
            using var sandbox = await Sandbox.WithGitAsync();
            var mission = sandbox.Mission().Write();
            sandbox.Environment["SPEC_KITTY_CONTRACT"] = level;
            var policy = Policy.With(("dangerous_flags", new[] { "--fine", banned }));
            string[] argv = ["start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", policy];
            if (level == "1.0.0")
            {
                (await sandbox.ApiAsync(argv)).Ok();
            }
            else
            {
                await Assert.That((await sandbox.ApiAsync(argv)).Fails("POLICY_VALIDATION_FAILED").Message).Contains(banned);
                await Assert.That(mission.Rows.Length).IsEqualTo(3);
            }
        }
    }

    [Test]
    public async Task Resolve_workspace_answers_without_making_anything()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await LanesMission.CreateAsync(sandbox);
        mission.Write("tasks/WP09-alone.md", MissionBuilder.TaskFile("WP09"));
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = "1.2.0";
        var before = sandbox.Tree();

        var inLane = (await sandbox.ApiAsync("resolve-workspace", "--mission", mission.DirectoryName, "--wp", "WP02")).Ok();
        var alone = (await sandbox.ApiAsync("resolve-workspace", "--mission", mission.DirectoryName, "--wp", "WP09")).Ok();
        (await sandbox.ApiAsync("resolve-workspace", "--mission", mission.DirectoryName, "--wp", "WP77")).Fails("WP_NOT_FOUND");
        (await sandbox.ApiAsync("resolve-workspace", "--mission", "nowhere", "--wp", "WP01")).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync("resolve-workspace", "--mission", mission.DirectoryName)).IsUsageError();

        sandbox.Tree().MustEqual(before, "resolve-workspace");
        await Assert.That(inLane.GetProperty("workspace_path").GetString()).IsEqualTo(LanesMission.Worktree(sandbox, "lane-b"));
        await Assert.That(inLane.GetProperty("lane_branch").GetString()).IsEqualTo(LanesMission.LaneBranch("lane-b"));
        await Assert.That(alone.TryGetProperty("lane_id", out _)).IsFalse();
        await Assert.That(alone.GetProperty("workspace_path").GetString()).IsEqualTo(sandbox.At($".worktrees/{mission.DirectoryName}-WP09"));

        (await mission.StartAsync("WP01")).Ok();
        var made = (await sandbox.ApiAsync("resolve-workspace", "--mission", mission.DirectoryName, "--wp", "WP01")).Ok();
        var again = (await mission.StartAsync("WP01")).Ok();
        foreach (var member in new[] { "workspace_path", "prompt_path", "lane_id", "lane_branch", "lane_base_ref" })
        {
            await Assert.That(again.GetProperty(member).GetString()).IsEqualTo(made.GetProperty(member).GetString());
        }
    }
}
