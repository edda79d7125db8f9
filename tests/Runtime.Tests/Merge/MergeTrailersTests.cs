using System.Threading.Tasks;
using SpecKitty.Merge;

namespace SpecKitty.Runtime.Tests.Merge;

/// <summary>The lines by which a landing commit is known again.</summary>
public sealed class MergeTrailersTests
{
    [Test]
    public async Task Lanes_are_found_with_their_commits_whatever_stands_around_them()
    {
        string message = "Merge x into main\n\ntext Spec-Kitty-Lane: lane-z 1\n" + MergeTrailers.Mission("077-x") + "\n" + MergeTrailers.Lane("lane-a", "abc") + "\n  " + MergeTrailers.Lane("lane-b", "def") + "  \nSpec-Kitty-Lane:\n";

        var lanes = MergeTrailers.Lanes(message);

        await Assert.That((lanes.Count, lanes["lane-a"], lanes["lane-b"])).IsEqualTo((2, "abc", "def"));
    }

    [Test]
    public async Task A_dot_in_a_missions_name_stands_for_itself()
    {
        await Assert.That(MergeTrailers.MissionPattern("v1.2")).IsEqualTo("^Spec-Kitty-Mission: v1[.]2$");
    }
}
