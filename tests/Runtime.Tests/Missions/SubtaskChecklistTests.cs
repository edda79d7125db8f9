using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class SubtaskChecklistTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        "## WP01", "### WP01 more", "## about WP01: x", "#### WP02 and WP01", "##### WP01", "# WP01", "##WP01", "## WP010", "## xWP01", "## WP01é", "## —WP01—", "## WP01_", "## WP02", "## other", "##",
        "- [ ] T001", "- [x] T001", "-[]x", "-[] x", "  -  [  ]  T", "- [ ]", "- [ ] ", "* [ ] T", "\t- [ ]\tT", "-[ ]T", "- [ x ] T", "text", "", "- [ ] T\r").Array[0, 8].Select(static lines => string.Join('\n', lines));

    [Test]
    public void It_agrees_with_the_rule_as_patterns() => Texts.Sample(
        static text => SubtaskChecklist.IsComplete(Encoding.UTF8.GetBytes(text), "WP01") == Model(text, "WP01"), iter: 20_000);

    [Test]
    [Arguments("WP01", false)]
    [Arguments("WP02", true)]
    [Arguments("WP03", true)]
    public async Task An_empty_box_counts_in_its_own_section(string wp, bool complete)
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Write("kitty-specs/077-thing/tasks.md", "# Tasks\n\n- [ ] not in a section\n\n## WP01 first\n\n- [x] T001\n- [ ] T002\n\n## WP02 second\n\n- [x] T003\n");
        await Assert.That(SubtaskChecklist.IsComplete(mission, wp).Try(out bool answer, out _)).IsTrue();
        await Assert.That(answer).IsEqualTo(complete);
    }

    [Test]
    public async Task No_file_is_complete_and_one_outside_is_refused()
    {
        using var scene = new Scene();
        using var outside = new TemporaryFolder();
        var mission = scene.AMission();
        await Assert.That(SubtaskChecklist.IsComplete(mission, "WP01").Try(out bool answer, out _) && answer).IsTrue();
        System.IO.File.WriteAllText(outside["f"], "");
        System.IO.File.CreateSymbolicLink(scene["kitty-specs/077-thing/tasks.md"], outside["f"]);
        await Assert.That(SubtaskChecklist.IsComplete(mission, "WP01").Try(out _, out var failure)).IsFalse();
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.TaskFileInvalid);
    }

    private static bool Model(string text, string wp)
    {
        bool inside = false;
        foreach (string line in text.Split('\n'))
        {
            if (Regex.IsMatch(line, @"^#{2,4}\s"))
            {
                inside = Regex.IsMatch(line, $@"\b{wp}\b");
            }
            else if (inside && Regex.IsMatch(line, @"^\s*-\s*\[\s*\]\s+"))
            {
                return false;
            }
        }

        return true;
    }
}
