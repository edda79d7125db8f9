using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class MissionSelectorTests
{
    private const string Id = "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D";

    [Test]
    [Arguments("077-mission-terminology-cleanup")]
    [Arguments(Id)]
    [Arguments("01JQ8Z4T")]
    [Arguments("mission-terminology-cleanup")]
    [Arguments("077")]
    [Arguments("cleanup")]
    public async Task Every_kind_of_selector_names_the_one_mission(string selector)
    {
        using var scene = new Scene();
        scene.Mission("077-mission-terminology-cleanup", $$"""{"mission_id": "{{Id}}", "mission_slug": "077-mission-terminology-cleanup", "slug": "cleanup"}""");
        scene.Mission("second-thing-01JR0000", """{"mission_id": "01JR0000AAAAAAAAAAAAAAAAAA", "mission_slug": "second-thing-01JR0000"}""");
        await Assert.That(scene.Resolve(selector).DirectoryName).IsEqualTo("077-mission-terminology-cleanup");
    }

    [Test]
    [Arguments("second-thing-01JR0000")]
    [Arguments("second-thing")]
    [Arguments("01JR0000")]
    [Arguments("another-name")]
    public async Task A_human_slug_needs_no_mid8(string selector)
    {
        using var scene = new Scene();
        scene.Mission("077-first", $$"""{"mission_id": "{{Id}}"}""");
        scene.Mission("second-thing-01JR0000", """{"mission_id": "01JR0000AAAAAAAAAAAAAAAAAA", "mission_slug": "another-name"}""");
        var mission = scene.Resolve(selector);
        await Assert.That(mission.DirectoryName).IsEqualTo("second-thing-01JR0000");
        await Assert.That(mission.Identity.MissionSlug).IsEqualTo("another-name");
    }

    [Test]
    [Arguments("078-both-01JR0000")]
    [Arguments("both-01JR0000")]
    [Arguments("078-both")]
    [Arguments("both")]
    [Arguments("078")]
    public async Task Number_and_mid8_come_off_alone_or_together(string selector)
    {
        using var scene = new Scene();
        scene.Mission("078-both-01JR0000", """{"mission_id": "01JR0000AAAAAAAAAAAAAAAAAA"}""");
        await Assert.That(scene.Resolve(selector).DirectoryName).IsEqualTo("078-both-01JR0000");
    }

    [Test]
    public async Task A_date_at_the_end_of_a_name_is_no_mid8()
    {
        using var scene = new Scene();
        scene.Mission("report-20260101", $$"""{"mission_id": "{{Id}}"}""");
        await Assert.That(scene.Refuse("report").Code).IsEqualTo(ErrorCode.MissionNotFound);
        await Assert.That(scene.Resolve("report-20260101").Meta.Mid8).IsEqualTo("01JQ8Z4T");
    }

    [Test]
    public async Task An_exact_directory_name_wins_over_everything_else()
    {
        using var scene = new Scene();
        scene.Mission("alpha", "{}");
        scene.Mission("077-alpha", "{}");
        scene.Mission("beta", """{"mission_slug": "alpha"}""");
        scene.Mission("broken", "{");
        await Assert.That(scene.Resolve("alpha").DirectoryName).IsEqualTo("alpha");
    }

    [Test]
    public async Task Two_matches_are_listed_by_directory()
    {
        using var scene = new Scene();
        scene.Mission("080-beta", """{"mission_id": "01JQAAAA000000000000000002", "mission_slug": "aaa"}""");
        scene.Mission("080-alpha", """{"mission_id": "01JQAAAA000000000000000001"}""");
        foreach (string selector in (string[])["080", "01JQAAAA"])
        {
            var failure = scene.Refuse(selector);
            await Assert.That(failure.Code).IsEqualTo(ErrorCode.MissionAmbiguousSelector);
            await Assert.That(failure.Message).IsEqualTo(
                $"Mission handle '{selector}' matches multiple missions: 080-alpha, 080-beta. Re-run with a more specific handle (full slug or full mission_id).");
            var data = (AmbiguousSelectorData)failure.Data!;
            await Assert.That(data.Handle).IsEqualTo(selector);
            await Assert.That(data.Candidates[0].Directory).IsEqualTo("080-alpha");
            await Assert.That(data.Candidates[0].MissionSlug).IsEqualTo("080-alpha");
            await Assert.That(data.Candidates[1].MissionSlug).IsEqualTo("aaa");
            await Assert.That(data.Candidates[1].MissionId).IsEqualTo("01JQAAAA000000000000000002");
        }
    }

    [Test]
    public async Task A_copied_mission_directory_makes_its_id_ambiguous()
    {
        using var scene = new Scene();
        scene.Mission("077-a", $$"""{"mission_id": "{{Id}}"}""");
        scene.Mission("077-a-copy", $$"""{"mission_id": "{{Id}}"}""");
        await Assert.That(scene.Refuse(Id).Code).IsEqualTo(ErrorCode.MissionAmbiguousSelector);
        await Assert.That(scene.Resolve("077-a").DirectoryName).IsEqualTo("077-a");
    }

    [Test]
    [Arguments("01jq8z4t")]
    [Arguments("01JQ8Z4")]
    [Arguments("01JQ8Z4T6")]
    [Arguments("77")]
    [Arguments("0077")]
    [Arguments("terminology")]
    [Arguments("077-mission")]
    public async Task Nothing_is_guessed(string selector)
    {
        using var scene = new Scene();
        scene.Mission("077-mission-terminology-cleanup", $$"""{"mission_id": "{{Id}}", "mission_number": 77}""");
        var failure = scene.Refuse(selector);
        await Assert.That(failure.Code).IsEqualTo(ErrorCode.MissionNotFound);
        await Assert.That(failure.Message).IsEqualTo($"Mission '{selector}' not found in kitty-specs/");
    }

    [Test]
    [Arguments("..")]
    [Arguments(".")]
    [Arguments("")]
    [Arguments(" ")]
    [Arguments("a/b")]
    [Arguments("a\\b")]
    [Arguments("/etc")]
    [Arguments(".hidden")]
    [Arguments("-x")]
    [Arguments("_x")]
    [Arguments("a..b")]
    [Arguments("x\ny")]
    [Arguments("x\n")]
    [Arguments("x\0")]
    [Arguments("x ")]
    [Arguments("naïve")]
    [Arguments("*")]
    public async Task An_unsafe_selector_is_not_found_whatever_is_on_disk(string selector)
    {
        using var scene = new Scene();
        await Assert.That(SafeNames.IsSafe(selector)).IsFalse();
        // A root that does not exist: a look at it would give another failure or a match.
        await Assert.That(scene.Refuse(selector).Code).IsEqualTo(ErrorCode.MissionNotFound);
        await Assert.That(scene.Refuse(new string('a', 256)).Code).IsEqualTo(ErrorCode.MissionNotFound);
    }

    [Test]
    public async Task A_directory_without_meta_is_a_mission_by_its_name()
    {
        using var scene = new Scene();
        scene.Mission("077-bare", null);
        var mission = scene.Resolve("077-bare");
        await Assert.That(mission.Identity.MissionSlug).IsEqualTo("077-bare");
        await Assert.That(mission.Identity.MissionId).IsNull();
        await Assert.That(mission.Identity.MissionNumber).IsNull();
        await Assert.That(mission.Identity.MissionType).IsEqualTo("software-dev");
        await Assert.That(scene.Resolve("077").DirectoryName).IsEqualTo("077-bare");
    }

    [Test]
    public async Task A_directory_without_meta_does_not_make_a_mission_with_meta_ambiguous()
    {
        using var scene = new Scene();
        scene.Mission("077-assets", null);
        scene.Mission("077-real", "{}");
        await Assert.That(scene.Resolve("077").DirectoryName).IsEqualTo("077-real");
    }

    [Test]
    public async Task The_number_in_meta_answers_where_no_name_does()
    {
        using var scene = new Scene();
        scene.Mission("new-form-01JR0000", """{"mission_id": "01JR0000AAAAAAAAAAAAAAAAAA", "mission_number": 131}""");
        await Assert.That(scene.Resolve("131").DirectoryName).IsEqualTo("new-form-01JR0000");
        scene.Mission("131-old-form", "{}");
        await Assert.That(scene.Resolve("131").DirectoryName).IsEqualTo("131-old-form");
    }

    [Test]
    public async Task Files_and_links_out_are_no_missions()
    {
        using var scene = new Scene();
        using var outside = new TemporaryFolder();
        scene.Write("kitty-specs/077-file", "{}");
        File.WriteAllText(outside["meta.json"], $$"""{"mission_id": "{{Id}}"}""");
        Directory.CreateSymbolicLink(scene["kitty-specs/078-out"], outside.Path);
        Directory.CreateSymbolicLink(scene["kitty-specs/079-gone"], "nowhere");
        foreach (string selector in (string[])["077-file", "077", "078-out", "078", Id, "out", "079-gone", "079"])
        {
            await Assert.That(scene.Refuse(selector).Code).IsEqualTo(ErrorCode.MissionNotFound);
        }
    }

    [Test]
    public async Task A_link_beside_its_target_is_another_name_of_the_same_mission()
    {
        using var scene = new Scene();
        scene.Mission("077-real", $$"""{"mission_id": "{{Id}}"}""");
        Directory.CreateSymbolicLink(scene["kitty-specs/current"], "077-real");
        await Assert.That(scene.Resolve("current").DirectoryName).IsEqualTo("077-real");
        await Assert.That(scene.Resolve(Id).DirectoryName).IsEqualTo("077-real");
    }

    [Test]
    public async Task A_link_to_elsewhere_in_the_project_keeps_its_name()
    {
        using var scene = new Scene();
        scene.Write("archive/old/meta.json", $$"""{"mission_id": "{{Id}}"}""");
        Directory.CreateDirectory(scene["kitty-specs"]);
        Directory.CreateSymbolicLink(scene["kitty-specs/077-old"], "../archive/old");
        await Assert.That(scene.Resolve("077-old").DirectoryName).IsEqualTo("077-old");
        await Assert.That(scene.Resolve(Id).DirectoryName).IsEqualTo("077-old");
    }

    [Test]
    [Arguments("{")]
    [Arguments("[]")]
    [Arguments("\"x\"")]
    [Arguments("")]
    [Arguments("null")]
    [Arguments("{} {}")]
    public async Task A_damaged_meta_is_refused_for_its_own_mission_only(string meta)
    {
        using var scene = new Scene();
        scene.Mission("077-broken", meta);
        scene.Mission("078-fine", $$"""{"mission_id": "{{Id}}"}""");
        var failure = scene.Refuse("077-broken");
        await Assert.That(failure.Code).IsEqualTo(ErrorCode.MetaInvalid);
        await Assert.That(failure.Message).StartsWith("kitty-specs/077-broken/meta.json is not usable: ");
        await Assert.That(scene.Refuse("077").Code).IsEqualTo(ErrorCode.MetaInvalid);
        await Assert.That(scene.Refuse("broken").Code).IsEqualTo(ErrorCode.MetaInvalid);
        await Assert.That(scene.Resolve("078").DirectoryName).IsEqualTo("078-fine");
    }

    [Test]
    public async Task A_meta_that_is_no_file_of_the_project_is_refused()
    {
        using var scene = new Scene();
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside["meta.json"], "{}");
        scene.Mission("077-out", null);
        File.CreateSymbolicLink(scene["kitty-specs/077-out/meta.json"], outside["meta.json"]);
        await Assert.That(scene.Refuse("077-out").Code).IsEqualTo(ErrorCode.MetaInvalid);
        scene.Mission("078-fifo", null);
        Commands.Run("mkfifo", scene["kitty-specs/078-fifo/meta.json"]);
        await Assert.That(scene.Refuse("078-fifo").Code).IsEqualTo(ErrorCode.MetaInvalid);
        await Assert.That(scene.Refuse("078").Code).IsEqualTo(ErrorCode.MetaInvalid);
        scene.Mission("079-dir", null);
        Directory.CreateDirectory(scene["kitty-specs/079-dir/meta.json"]);
        await Assert.That(scene.Refuse("079-dir").Code).IsEqualTo(ErrorCode.MetaInvalid);
    }

    [Test]
    public async Task A_huge_meta_is_refused_unread()
    {
        using var scene = new Scene();
        scene.Mission("077-huge", "{}");
        using (var file = File.OpenWrite(scene["kitty-specs/077-huge/meta.json"]))
        {
            file.SetLength(11 * 1024 * 1024);
        }

        await Assert.That(scene.Refuse("077-huge").Code).IsEqualTo(ErrorCode.MetaInvalid);
    }

    [Test]
    public async Task No_missions_is_not_found()
    {
        using var scene = new Scene();
        await Assert.That(scene.Refuse("077").Code).IsEqualTo(ErrorCode.MissionNotFound);
        scene.Write("kitty-specs", "a file");
        await Assert.That(scene.Refuse("077").Code).IsEqualTo(ErrorCode.MissionNotFound);
    }

    [Test]
    public async Task A_linked_kitty_specs_out_of_the_project_has_no_missions()
    {
        using var scene = new Scene();
        using var outside = new TemporaryFolder();
        Directory.CreateDirectory(outside["077-x"]);
        File.WriteAllText(outside["077-x/meta.json"], "{}");
        Directory.CreateSymbolicLink(scene["kitty-specs"], outside.Path);
        await Assert.That(scene.Refuse("077-x").Code).IsEqualTo(ErrorCode.MissionNotFound);
        await Assert.That(scene.Refuse("077").Code).IsEqualTo(ErrorCode.MissionNotFound);
    }

    [Test]
    public async Task A_thousand_missions_are_told_apart()
    {
        using var scene = new Scene();
        for (int i = 0; i < 1000; i++)
        {
            scene.Mission($"{i:000}-mission-with-a-rather-long-name-{i}", $$"""{"mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B{{i:0000}}"}""");
        }

        await Assert.That(scene.Resolve("01JQ8Z4T6V9W0X1Y2Z3A4B0789").DirectoryName).IsEqualTo("789-mission-with-a-rather-long-name-789");
        await Assert.That(((AmbiguousSelectorData)scene.Refuse("01JQ8Z4T").Data!).Candidates.Length).IsEqualTo(1000);
    }
}
