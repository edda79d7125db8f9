using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Tools;

/// <summary>A mission out of a list of work packages.</summary>
public sealed class NewTests
{
    private const string Id = "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D";

    [Test]
    public async Task What_it_makes_is_worked_through_from_planned_to_merged()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var made = await sandbox.ToolAsync("new", "078-search", "--wp", "WP01:Index", "--wp", "WP02:Query:WP01", "--lanes", "--id", Id);
        await Assert.That((made.ExitStatus, made.StderrText)).IsEqualTo((0, ""));
        await sandbox.CommitAsync("mission");
        await sandbox.GitAsync("branch", "kitty/mission-078-search");
        await sandbox.GitAsync("branch", "kitty/mission-078-search-lane-a");

        var mission = new Mission(sandbox, "078-search", "078-search", Id);
        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP01");
        await mission.ApproveAsync("WP01");
        await Assert.That(await mission.ReadyIdsAsync()).IsEqualTo("WP02");
        await mission.ApproveAsync("WP02");
        (await sandbox.ApiAsync("accept-mission", "--mission", "search", "--actor", "lead")).Ok();
        (await sandbox.ApiAsync("merge-mission", "--mission", "078")).Ok();
        await Assert.That(string.Join(' ', (await mission.LanesAsync()).Values)).IsEqualTo("done done");
        await Assert.That(await sandbox.CodesAsync(0)).IsEqualTo("");
    }

    [Test]
    public async Task The_files_have_the_reference_hosts_bytes()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await sandbox.ToolAsync("new", "078-search", "--wp", "WP01:Index ä", "--wp", "WP02:Que: \"ry\":WP01", "--wp", "WP03:Both:WP01,WP02", "--lanes", "--id", Id, "--title", "Größe", "--actor", "plänner");

        string meta = sandbox.Read("kitty-specs/078-search/meta.json");
        string created = StrictJson.Parse(meta).GetProperty("created_at").GetString()!;
        await Assert.That(meta).IsEqualTo($$"""
            {
              "created_at": "{{created}}",
              "friendly_name": "Größe",
              "mission_id": "{{Id}}",
              "mission_number": 78,
              "mission_slug": "078-search",
              "mission_type": "software-dev",
              "slug": "078-search",
              "target_branch": "main"
            }

            """);
        await Assert.That(sandbox.Read("kitty-specs/078-search/tasks/WP02-que-ry.md")).StartsWith("---\nwork_package_id: WP02\ntitle: \"Que: \\\"ry\\\"\"\ndependencies:\n- WP01\nsubtasks: []\n---\n");
        await Assert.That(sandbox.Read("kitty-specs/078-search/lanes.json")).StartsWith($$"""
            {
              "version": 1,
              "mission_slug": "078-search",
              "mission_id": "{{Id}}",
              "mission_branch": "kitty/mission-078-search-{{Id[..8]}}",
              "target_branch": "main",
              "lanes": [
                {
                  "lane_id": "lane-a",
                  "wp_ids": [
                    "WP01",
                    "WP02"
                  ],
                  "write_scope": [],
                  "predicted_surfaces": [],
                  "depends_on_lanes": [],
                  "parallel_group": 0
                },
                {
                  "lane_id": "lane-b",
                  "wp_ids": [
                    "WP03"
                  ],
                  "write_scope": [],
                  "predicted_surfaces": [],
                  "depends_on_lanes": [
                    "lane-a"
                  ],
                  "parallel_group": 1
                }
              ],
            """);
        var rows = sandbox.Read("kitty-specs/078-search/status.events.jsonl").Split('\n');
        await Assert.That(rows.Length).IsEqualTo(4);
        await Assert.That(rows[0]).StartsWith("{\"actor\": \"pl\\u00e4nner\", \"at\": \"").And.EndsWith("\"to_lane\": \"planned\", \"wp_id\": \"WP01\"}").And.Contains("\"from_lane\": \"genesis\", \"mission_id\": \"" + Id + "\", \"mission_slug\": \"078-search\"");
        await Assert.That(PythonText.Row(StrictJson.Parse(rows[2]))).IsEqualTo(rows[2]);
        await Assert.That(File.Exists(sandbox.At("kitty-specs/078-search/status.json"))).IsTrue();
    }

    [Test]
    public async Task What_is_there_already_is_left_alone()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await sandbox.Mission().CommitAsync();
        var before = sandbox.Tree();
        var call = await sandbox.ToolAsync("new", MissionBuilder.DefaultSlug, "--wp", "WP01");
        await Assert.That((call.ExitStatus, call.StdoutText)).IsEqualTo((1, ""));
        await Assert.That(call.StderrText).Contains("is there already");
        sandbox.Tree().MustEqual(before, "the files");
    }

    [Test]
    [Arguments("WP01 is there twice", "078-x", "--wp", "WP01", "--wp", "WP01")]
    [Arguments("WP1", "078-x", "--wp", "WP1")]
    [Arguments("WP01 depends on itself", "078-x", "--wp", "WP01:a:WP01")]
    [Arguments("WP01 depends on WP09", "078-x", "--wp", "WP01:a:WP09")]
    [Arguments("WP01, WP02", "078-x", "--wp", "WP01:a:WP02", "--wp", "WP02:b:WP01", "--wp", "WP03:c")]
    [Arguments("'../x' cannot be a mission's name", "../x", "--wp", "WP01")]
    [Arguments("'nope' is no mission_id", "078-x", "--wp", "WP01", "--id", "nope")]
    [Arguments("'a..b' cannot be a branch", "078-x", "--wp", "WP01", "--target", "a..b")]
    [Arguments("needs a work package", "078-x")]
    [Arguments("exclude each other", "078-x", "--wp", "WP01", "--from", "-")]
    public async Task What_makes_no_mission_is_refused_by_name(string sentence, params string[] argv)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var before = sandbox.Tree();
        var call = await sandbox.ToolAsync(["new", .. argv]);
        await Assert.That((call.ExitStatus, call.StdoutText)).IsEqualTo((2, ""));
        await Assert.That(call.StderrText).Contains(sentence.TrimEnd());
        sandbox.Tree().MustEqual(before, "the files");
    }

    [Test]
    public async Task A_list_comes_from_a_file_or_the_standard_input_and_a_name_without_number_gets_the_mid8()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        string plan = "# plan\nWP01:First\n\n WP02 : Second : WP01 \nWP03:Last:WP01, WP02\n";
        sandbox.Write("plan.txt", plan);
        var fromFile = await sandbox.DocumentAsync(0, "new", "search", "--from", "plan.txt", "--json", "--unseeded", "--id", Id);
        await Assert.That(fromFile.GetProperty("mission_slug").GetString()).IsEqualTo("search-" + Id[..8]);
        await Assert.That(string.Join(' ', fromFile.GetProperty("work_packages").EnumerateArray().Select(wp => wp.GetString()))).IsEqualTo("WP01 WP02 WP03");
        await Assert.That(File.Exists(sandbox.At($"kitty-specs/search-{Id[..8]}/status.events.jsonl"))).IsFalse();

        var call = await sandbox.RunAsync(sandbox.Root, ["new", "other", "--from", "-"], [], Encoding.UTF8.GetBytes(plan));
        await Assert.That(call.ExitStatus).IsEqualTo(0);
        await Assert.That((await sandbox.ApiAsync("list-ready", "--mission", "search")).Ok().GetProperty("ready_work_packages").GetArrayLength()).IsEqualTo(1);
        await Assert.That((await sandbox.ApiAsync("list-ready", "--mission", "other")).Ok().GetProperty("ready_work_packages").GetArrayLength()).IsEqualTo(1);
    }

    [Test]
    public async Task A_mission_was_made_outside_the_project_where_kitty_specs_was_a_link_that_led_there()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        string specs = sandbox.At("kitty-specs"), outside = Directory.CreateDirectory(Path.Combine(sandbox.Top, "outside")).FullName;
        if (Directory.Exists(specs))
        {
            Directory.Delete(specs, recursive: true);
        }

        Directory.CreateSymbolicLink(specs, outside);
        var call = await sandbox.ToolAsync("new", "078-search", "--wp", "WP01", "--unseeded");
        await Assert.That((call.ExitStatus, call.StdoutText)).IsEqualTo((1, ""));
        await Assert.That(call.StderrText).Contains(sandbox.At("kitty-specs/078-search") + ": it leads out of the project");
        await Assert.That(Directory.EnumerateFileSystemEntries(outside)).IsEmpty();
    }
}
