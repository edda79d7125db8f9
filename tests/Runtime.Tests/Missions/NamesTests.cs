using System.Diagnostics;
using System.Threading.Tasks;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class NamesTests
{
    [Test]
    [Arguments("077-thing", "{}", "kitty/mission-077-thing-lane-a")]
    [Arguments("thing-01JR0000", "{}", "kitty/mission-thing-01JR0000-lane-a")]
    [Arguments("077-thing-01JR0000", "{}", "kitty/mission-thing-01JR0000-lane-a")]
    [Arguments("077-report-20260101", "{}", "kitty/mission-report-20260101-lane-a")]
    [Arguments("077-thing-01jr0000", "{}", "kitty/mission-077-thing-01jr0000-lane-a")]
    [Arguments("077-thing", """{"mission_id": "01JR0000AAAAAAAAAAAAAAAAAA"}""", "kitty/mission-077-thing-lane-a")]
    public async Task A_lane_branch_comes_from_the_directory(string directory, string meta, string branch)
    {
        using var scene = new Scene();
        scene.Mission(directory, meta);
        var mission = scene.Resolve(directory);
        await Assert.That(LaneNames.Branch(mission.DirectoryName, "lane-a")).IsEqualTo(branch);
        await Assert.That(LaneNames.Worktree(mission, "lane-a")).IsEqualTo(scene[$".worktrees/{directory}-lane-a"]);
        await Assert.That(LaneNames.SuggestedWorkspace(mission, "WP01")).IsEqualTo(scene[$".worktrees/{directory}-WP01"]);
    }

    [Test]
    [Arguments("thing-01JR0000", """{"mission_id": "01JR0000AAAAAAAAAAAAAAAAAA"}""", "thing-01JR0000")]
    [Arguments("077-thing", """{"mission_id": "01JR0000AAAAAAAAAAAAAAAAAA"}""", "077-thing-01JR0000")]
    [Arguments("thing-01JR0000", "{}", "thing-01JR0000")]
    [Arguments("077-thing", "{}", "077-thing")]
    public async Task The_coordination_worktree_ends_in_the_mid8(string directory, string meta, string name)
    {
        using var scene = new Scene();
        scene.Mission(directory, meta);
        var mission = scene.Resolve(directory);
        await Assert.That(LaneNames.CoordinationWorktree(mission)).IsEqualTo(scene[$".worktrees/{name}-coord"]);
        await Assert.That(LaneNames.MissionBranch(mission)).IsEqualTo($"kitty/mission-{name}");
    }

    [Test]
    [Arguments("thing-01JR0000", "01JR0000")]
    [Arguments("report-20260101", "20260101")]
    [Arguments("thing-01JR000O", "")]
    [Arguments("thing-01JR000", "")]
    [Arguments("thing-01JR00000", "")]
    [Arguments("thing-01jr0000", "")]
    [Arguments("01JR0000", "")]
    [Arguments("-01JR0000", "01JR0000")]
    [Arguments("", "")]
    public async Task A_mid8_tail_is_eight_characters_of_crockford(string name, string tail)
    {
        await Assert.That(Mid8.TailOf(name)).IsEqualTo(tail);
    }

    [Test]
    [Arguments("main")]
    [Arguments("kitty/mission-077-x")]
    [Arguments("a.b")]
    [Arguments("a@b")]
    [Arguments("HEAD")]
    [Arguments("-x")]
    [Arguments("a..b")]
    [Arguments("a b")]
    [Arguments("a~1")]
    [Arguments("a^")]
    [Arguments("a:b")]
    [Arguments("a?")]
    [Arguments("a*")]
    [Arguments("a[b")]
    [Arguments("a\\b")]
    [Arguments("a@{b")]
    [Arguments("a.lock")]
    [Arguments("a.lock/b")]
    [Arguments("/a")]
    [Arguments("a/")]
    [Arguments("a//b")]
    [Arguments(".a")]
    [Arguments("a/.b")]
    [Arguments("a.")]
    [Arguments("a\tb")]
    [Arguments("a\u007fb")]
    [Arguments("ü/ñ")]
    [Arguments("")]
    public async Task A_branch_name_is_what_git_says_it_is(string name)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["check-ref-format", "--branch", name]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        git.WaitForExit();
        await Assert.That(BranchNames.IsValid(name)).IsEqualTo(git.ExitCode == 0);
        // git lets a branch be called so, and then takes the name for HEAD.
        await Assert.That(BranchNames.IsValid("@")).IsFalse();
    }
}
