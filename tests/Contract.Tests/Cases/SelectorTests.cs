using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Which mission a selector names, and that no selector leads out of kitty-specs (DESIGN §6, §11).</summary>
public sealed class SelectorTests
{
    private const string Id = MissionBuilder.DefaultId;

    [Test]
    [Arguments("077-mission-terminology-cleanup")]
    [Arguments(Id)]
    [Arguments("01JQ8Z4T")]
    [Arguments("mission-terminology-cleanup")]
    [Arguments("077")]
    public async Task A_numbered_mission_answers_to(string selector) => await NamesAsync(selector, "077-mission-terminology-cleanup");

    [Test]
    [Arguments("second-thing-01JR0000")]
    [Arguments("01JR0000AAAAAAAAAAAAAAAAAA")]
    [Arguments("01JR0000")]
    [Arguments("second-thing")]
    public async Task A_mission_with_a_mid8_answers_to(string selector) => await NamesAsync(selector, "second-thing-01JR0000");

    [Test]
    [Arguments("77")]
    [Arguments("0077")]
    [Arguments("01jq8z4t")]
    [Arguments("01JQ8Z4")]
    [Arguments("01JQ8Z4T6V9W0X1Y2Z3A4B5C6")]
    [Arguments("mission-terminology")]
    [Arguments("077-mission-terminology-cleanup-01JQ8Z4T")]
    [Arguments("Mission-Terminology-Cleanup")]
    [Arguments("report")]
    public async Task Nearly_a_selector_is_none(string selector)
    {
        using var sandbox = Sandbox.WithoutGit();
        WriteMissions(sandbox);

        (await sandbox.ApiAsync("mission-state", "--mission", selector)).Fails("MISSION_NOT_FOUND", $"Mission '{selector}' not found in kitty-specs/");
    }

    [Test]
    [Arguments("")]
    [Arguments(" ")]
    [Arguments(".")]
    [Arguments("..")]
    [Arguments("../project/kitty-specs/077-mission-terminology-cleanup")]
    [Arguments("./077-mission-terminology-cleanup")]
    [Arguments("077-mission-terminology-cleanup/")]
    [Arguments("077-mission-terminology-cleanup/../077-mission-terminology-cleanup")]
    [Arguments("077-mission-terminology-cleanup ")]
    [Arguments(" 077-mission-terminology-cleanup")]
    [Arguments("077-mission-terminology-cleanup\n")]
    [Arguments("/etc")]
    [Arguments("a/b")]
    [Arguments("a\\b")]
    [Arguments(".hidden")]
    [Arguments("-rf")]
    [Arguments("*")]
    [Arguments("077*")]
    [Arguments("x\ny")]
    [Arguments("\u0660\u0667\u0667")]
    [Arguments("\uFF10\uFF17\uFF17")]
    [Arguments("caf\u00E9")]
    public async Task A_selector_that_is_no_safe_name_reaches_no_file(string selector)
    {
        using var sandbox = Sandbox.WithoutGit();
        WriteMissions(sandbox);
        sandbox.Write("kitty-specs/.hidden/meta.json", "{}");
        sandbox.Write("kitty-specs/caf\u00E9/meta.json", "{}");
        var before = sandbox.Tree();

        (await sandbox.ApiAsync("mission-state", "--mission", selector)).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync("list-ready", "--mission", selector)).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync("start-implementation", "--mission", selector, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid)).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync("transition", "--mission", selector, "--wp", "WP01", "--to", "blocked", "--actor", "a")).Fails("MISSION_NOT_FOUND");

        sandbox.Tree().MustEqual(before, "a refused selector");
    }

    [Test]
    public async Task Enormous_selectors_are_only_not_found()
    {
        using var sandbox = Sandbox.WithoutGit();
        WriteMissions(sandbox);

        (await sandbox.ApiAsync("mission-state", "--mission", new string('a', 100_000))).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync("mission-state", "--mission", new string('7', 256))).Fails("MISSION_NOT_FOUND");
    }

    [Test]
    public async Task Without_missions_nothing_is_found()
    {
        using var sandbox = Sandbox.WithoutGit();
        (await sandbox.ApiAsync("mission-state", "--mission", "077")).Fails("MISSION_NOT_FOUND");

        sandbox.Write("kitty-specs", "a file");
        (await sandbox.ApiAsync("mission-state", "--mission", "077")).Fails("MISSION_NOT_FOUND");
    }

    [Test]
    public async Task A_directory_name_wins_over_other_matches()
    {
        using var sandbox = Sandbox.WithoutGit();
        sandbox.Mission("cleanup").Id("01JQBBBB000000000000000001").Wp("WP01").Write();
        sandbox.Mission("081-cleanup").Id("01JQCCCC000000000000000001").Wp("WP01").Write();

        await Assert.That((await sandbox.ApiAsync("mission-state", "--mission", "cleanup")).Ok().GetProperty("mission_slug").GetString()).IsEqualTo("cleanup");
    }

    [Test]
    public async Task A_mission_whose_slug_is_not_its_directory_answers_to_both_and_records_its_slug()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission("renamed-thing").InDirectory("090-old-name").Wp("WP01").Write();

        foreach (var selector in new[] { "renamed-thing", "090-old-name", "090", "old-name" })
        {
            await Assert.That((await sandbox.ApiAsync("mission-state", "--mission", selector)).Ok().GetProperty("mission_slug").GetString()).IsEqualTo("renamed-thing");
        }

        var start = (await sandbox.ApiAsync("start-implementation", "--mission", "090", "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid)).Ok();
        await Assert.That(mission.Rows[^1].GetProperty("mission_slug").GetString()).IsEqualTo("renamed-thing");
        await Assert.That(File.Exists(mission.LockPath)).IsTrue();
        await Assert.That(start.GetProperty("workspace_path").GetString()).IsEqualTo(sandbox.At(".worktrees/090-old-name-WP01"));
    }

    [Test]
    public async Task Whatever_names_the_mission_the_same_log_and_lock_are_used()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Wp("WP02").Wp("WP03").Wp("WP04").Wp("WP05").Write();
        var selectors = new[] { mission.Slug, Id, Id[..8], "mission-terminology-cleanup", "077" };

        foreach (var (selector, i) in selectors.Select((s, i) => (s, i)))
        {
            var start = await sandbox.ApiAsync("start-implementation", "--mission", selector, "--wp", $"WP0{i + 1}", "--actor", "a", "--policy", Policy.Valid);
            await Assert.That(start.Ok().GetProperty("workspace_path").GetString()).IsEqualTo(sandbox.At($".worktrees/{mission.Slug}-WP0{i + 1}"));
        }

        await Assert.That(mission.Rows.Length).IsEqualTo(15);
        await Assert.That(mission.Rows.Select(row => row.GetProperty("mission_slug").GetString()).Distinct().Count()).IsEqualTo(1);
        await Assert.That(Directory.GetFiles(sandbox.At(".git/spec-kitty-locks")).Select(Path.GetFileName).Single()).IsEqualTo($"{mission.Slug}.status.lock");
    }

    [Test]
    public async Task Two_matches_are_listed_by_directory()
    {
        using var sandbox = Sandbox.WithoutGit();
        sandbox.Mission("beta").InDirectory("080-a").Id("01JQAAAA000000000000000002").Wp("WP01").Write();
        sandbox.Mission("alpha").InDirectory("080-b").Id(null).Wp("WP01").Write();

        var call = (await sandbox.ApiAsync("mission-state", "--mission", "080")).Fails("MISSION_AMBIGUOUS_SELECTOR");

        var candidates = call.Data.GetProperty("candidates").EnumerateArray().ToArray();
        await Assert.That(PythonText.Encode(call.Data.GetProperty("candidates"))).IsEqualTo(
            """[{"mission_id": "01JQAAAA000000000000000002", "mission_slug": "beta", "directory": "080-a"}, {"mission_id": null, "mission_slug": "alpha", "directory": "080-b"}]""");
        await Assert.That(call.Text("handle")).IsEqualTo("080");
        await Assert.That(candidates.Length).IsEqualTo(2);
    }

    [Test]
    public async Task One_mission_that_matches_twice_is_not_ambiguous()
    {
        using var sandbox = Sandbox.WithoutGit();
        sandbox.Mission("thing").InDirectory("082-thing").Wp("WP01").Write();

        (await sandbox.ApiAsync("mission-state", "--mission", "thing")).Ok();
    }

    [Test]
    public async Task A_missing_meta_json_is_no_obstacle()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Write("kitty-specs/099-bare/tasks/WP01.md", MissionBuilder.TaskFile("WP01"));

        var state = (await sandbox.ApiAsync("mission-state", "--mission", "099-bare")).Ok();

        await Assert.That(PythonText.Encode(state)).StartsWith(
            """{"mission_id": null, "mission_slug": "099-bare", "mission_number": null, "mission_type": "software-dev", "summary": """);
    }

    [Test]
    public async Task A_lock_that_was_a_link_out_of_the_project_was_opened_behind_it()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();
        string outside = Path.Combine(sandbox.Top, "outside-lock");
        string link = sandbox.At($".kittify/spec-kitty-locks/{mission.DirectoryName}.status.lock");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, outside);

        var call = await mission.StartAsync("WP01", "ann");

        call.Fails("IO_FAILED");
        await Assert.That(File.Exists(outside)).IsFalse();
        await Assert.That((await mission.StateAsync()).Ok().GetProperty("summary").GetProperty("in_progress").GetInt32()).IsEqualTo(0);
    }

    [Test]
    public async Task A_link_that_leads_out_of_the_project_is_not_followed()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var outside = Path.Combine(sandbox.Top, "outside");
        Directory.CreateDirectory(Path.Combine(outside, "tasks"));
        File.WriteAllText(Path.Combine(outside, "meta.json"), "{\"mission_slug\": \"outside\"}");
        Directory.CreateDirectory(sandbox.At("kitty-specs"));
        File.CreateSymbolicLink(sandbox.At("kitty-specs/099-link"), outside);
        var before = sandbox.Tree();

        (await sandbox.ApiAsync("mission-state", "--mission", "099-link")).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync("transition", "--mission", "099-link", "--wp", "WP01", "--to", "blocked", "--actor", "a")).Fails("MISSION_NOT_FOUND");

        sandbox.Tree().MustEqual(before, "a mission outside the project");
    }

    [Test]
    [Arguments("../../../README")]
    [Arguments("*")]
    [Arguments("WP0*")]
    [Arguments("WP0?")]
    [Arguments("wp01")]
    [Arguments("")]
    [Arguments(" ")]
    [Arguments("WP1")]
    [Arguments("WP")]
    [Arguments("WP99")]
    [Arguments("WP001")]
    [Arguments("WP01\n")]
    [Arguments("WP01 ")]
    [Arguments(" WP01")]
    [Arguments("WP01-do-the-thing")]
    [Arguments("WP01.md")]
    [Arguments("WP01/")]
    [Arguments("WP\u0660\u0661")]
    public async Task A_work_package_that_is_none_reaches_no_file(string wp)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var before = sandbox.Tree();
        var message = $"Work package '{wp}' not found in {mission.Slug}";

        (await mission.StartAsync(wp)).Fails("WP_NOT_FOUND", message);
        (await mission.ReviewAsync(wp)).Fails("WP_NOT_FOUND", message);
        (await mission.MovePlainAsync(wp, "canceled")).Fails("WP_NOT_FOUND", message);
        (await sandbox.ApiAsync("append-history", "--mission", mission.Slug, "--wp", wp, "--actor", "a", "--note", "n")).Fails("WP_NOT_FOUND", message);

        sandbox.Tree().MustEqual(before, "a refused work package");
    }

    [Test]
    public async Task The_plain_task_file_wins_over_titled_ones_and_the_first_of_those_by_name()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();
        mission.Write("tasks/WP01-a-first.md", MissionBuilder.TaskFile("WP01"));
        await Assert.That((await mission.StartAsync("WP01")).Ok().GetProperty("prompt_path").GetString()).EndsWith("/tasks/WP01-a-first.md");

        mission.Write("tasks/WP01.md", MissionBuilder.TaskFile("WP01"));
        await Assert.That((await mission.StartAsync("WP01")).Ok().GetProperty("prompt_path").GetString()).EndsWith("/tasks/WP01.md");
    }

    [Test]
    public async Task Work_packages_beyond_ninety_nine_have_their_own_id()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP10").Wp("WP100", "WP10").Write();

        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP10");
        (await mission.StartAsync("WP10")).Ok();
        (await mission.StartAsync("WP100")).Fails("DEPENDENCIES_NOT_SATISFIED");
        (await mission.MovePlainAsync("WP100", "blocked")).Ok();

        await Assert.That(await mission.LaneAsync("WP10")).IsEqualTo("in_progress");
        await Assert.That(await mission.LaneAsync("WP100")).IsEqualTo("blocked");
    }

    private static async Task NamesAsync(string selector, string slug)
    {
        using var sandbox = Sandbox.WithoutGit();
        WriteMissions(sandbox);

        foreach (var command in new[] { "mission-state", "list-ready" })
        {
            var data = (await sandbox.ApiAsync(command, "--mission", selector)).Ok();
            await Assert.That(data.GetProperty("mission_slug").GetString()).IsEqualTo(slug);
        }
    }

    private static void WriteMissions(Sandbox sandbox)
    {
        sandbox.Mission().Write();
        sandbox.Mission("second-thing-01JR0000").Id("01JR0000AAAAAAAAAAAAAAAAAA").Wp("WP01").Write();
        // Looks as if it had a mid8, which is a date: it is not this mission's own.
        sandbox.Mission("report-20260101").Id("01JS0000AAAAAAAAAAAAAAAAAA").Wp("WP01").Write();
        sandbox.Write("kitty-specs/README.md", "not a mission\n");
    }
}
