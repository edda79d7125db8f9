using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class TaskFilesTests
{
    [Test]
    [Arguments("", "")]
    [Arguments("dependencies: []", "")]
    [Arguments("dependencies: [WP01, WP02]", "WP01 WP02")]
    [Arguments("dependencies:\n- WP02\n- WP01\n- WP02", "WP02 WP01 WP02")]
    [Arguments("dependencies:\n  - 'WP01'\n", "WP01")]
    [Arguments("dependencies: \"WP01\"", "WP01")]
    [Arguments("dependencies: WP01", "WP01")]
    [Arguments("dependencies: WP01, WP02 ,,", "WP01 WP02")]
    [Arguments("dependencies: \"[]\"", "")]
    [Arguments("dependencies: ''", "")]
    [Arguments("dependencies: [ WP01 ]  # why", "WP01")]
    [Arguments("dependencies:\n    - WP01", "WP01")]
    [Arguments("depends: &x [WP01]\ndependencies: *x", "WP01")]
    [Arguments("dependencies: [\n  WP01,\n]", "WP01")]
    [Arguments("notes: |\n  dependencies: []\ndependencies: [WP01]", "WP01")]
    [Arguments("unknown_key: {a: [1, 2]}\ndependencies: [WP01]", "WP01")]
    [Arguments("base: &b\n  dependencies: [WP01]\n<<: *b", "WP01")]
    [Arguments("\"dependencies\": [\"WP\\u0030\\u0031\"]", "WP01")]
    [Arguments("dependencies: !!seq [!!str WP01]", "WP01")]
    [Arguments("title: a long title that\n  goes on\ndependencies:\n  - >-\n    WP01", "WP01")]
    [Arguments("? dependencies\n: - WP01", "WP01")]
    [Arguments("lane: doing\nlane: done\ndependencies: [WP01]", "WP01")]
    public async Task Dependencies_are_read_from_any_yaml(string yaml, string expected)
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Task("077-thing", "WP03-x.md", "work_package_id: WP03\ntitle: t\n" + yaml);
        var file = Load(mission).Files[0];
        await Assert.That(file.Problem).IsNull();
        await Assert.That(string.Join(' ', file.Dependencies)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("work_package_id: [", "invalid YAML at line ")]
    [Arguments("title: a: b\nwork_package_id: WP03", "invalid YAML at line 2")]
    [Arguments("work_package_id: WP03\ndependencies:", "dependencies has no value")]
    [Arguments("work_package_id: WP03\ndependencies: ~", "dependencies has no value")]
    [Arguments("work_package_id: WP03\ndependencies: {a: b}", "dependencies must be a list")]
    [Arguments("work_package_id: WP03\ndependencies: 7", "dependencies must be a list")]
    [Arguments("work_package_id: WP03\ndependencies: [WP01, 7]", "every entry of dependencies must be a string")]
    [Arguments("work_package_id: WP03\ndependencies: [WP01, ~]", "every entry of dependencies must be a string")]
    [Arguments("work_package_id: WP03\ndependencies: [[WP01]]", "every entry of dependencies must be a string")]
    [Arguments("work_package_id: WP03\ndependencies:\n- WP01: x", "every entry of dependencies must be a string")]
    [Arguments("work_package_id: WP03\ndependencies: [WP01]\ndependencies: []", "the key 'dependencies' stands there twice")]
    [Arguments("work_package_id: WP04", "work_package_id is 'WP04', but the file's name says WP03")]
    [Arguments("work_package_id: 3", "work_package_id must be a string")]
    [Arguments("title: t", "work_package_id is missing")]
    [Arguments("- a\n- b", "it holds a list instead of keys and values")]
    [Arguments("just words", "it holds a single value instead of keys and values")]
    [Arguments("work_package_id: *nobody", "alias to the unknown anchor 'nobody'")]
    [Arguments("a: b\n... \nc: d", "more than one YAML document")]
    public async Task A_broken_file_is_listed_with_its_problem(string yaml, string problem)
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Task("077-thing", "WP01.md", "work_package_id: WP01");
        scene.Task("077-thing", "WP03-x.md", yaml);
        var tasks = Load(mission);
        await Assert.That(tasks.Count).IsEqualTo(2);
        var file = tasks.Files[1];
        await Assert.That(file.WpId).IsEqualTo("WP03");
        await Assert.That(file.Dependencies.Length).IsEqualTo(0);
        await Assert.That(file.Problem).StartsWith("kitty-specs/077-thing/tasks/WP03-x.md is not usable: ");
        await Assert.That(file.Problem).Contains(problem);
        await Assert.That(file.ToFailure().Code).IsEqualTo(ErrorCode.TaskFileInvalid);
        var warnings = new List<string>();
        tasks.AddWarnings(warnings);
        await Assert.That(warnings.Count).IsEqualTo(1);
        await Assert.That(tasks.Files[0].Problem).IsNull();
    }

    [Test]
    public async Task A_file_without_front_matter_is_broken()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Write("kitty-specs/077-thing/tasks/WP01.md", "# Title\n");
        scene.Write("kitty-specs/077-thing/tasks/WP02.md", "---\nwork_package_id: WP02\n");
        scene.Write("kitty-specs/077-thing/tasks/WP03.md", "");
        scene.Write("kitty-specs/077-thing/tasks/WP04.md", [.. "---\nwork_package_id: WP04\ntitle: "u8, 0xFF, .. "\n---\n"u8]);
        var files = Load(mission).Files;
        await Assert.That(files[0].Problem).EndsWith("it does not begin with front matter");
        await Assert.That(files[1].Problem).EndsWith("its front matter has no closing ---");
        await Assert.That(files[2].Problem).EndsWith("it does not begin with front matter");
        await Assert.That(files[3].Problem).EndsWith("it is not valid UTF-8");
    }

    [Test]
    public async Task A_byte_order_mark_and_windows_line_ends_are_fine()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Write("kitty-specs/077-thing/tasks/WP02.md", "\ufeff---\r\nwork_package_id: WP02\r\ntitle: t\r\ndependencies:\r\n- WP01\r\n---\r\n\r\n# WP02\r\n");
        var file = Load(mission).Files[0];
        await Assert.That(file.Problem).IsNull();
        await Assert.That(string.Join(' ', file.Dependencies)).IsEqualTo("WP01");
    }

    [Test]
    public async Task Front_matter_of_any_length_is_read_up_to_its_bound()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        foreach (int filler in (int[])[10, 3900, 4000, 4050, 4080, 4096, 9000, 200_000])
        {
            scene.Task("077-thing", "WP02.md", $"work_package_id: WP02\ntitle: {new string('x', filler)}\ndependencies: [WP01]");
            var file = Load(mission).Files[0];
            await Assert.That(file.Problem).IsNull();
            await Assert.That(file.Dependencies.Length).IsEqualTo(1);
        }

        scene.Task("077-thing", "WP02.md", $"work_package_id: WP02\ntitle: {new string('x', 300_000)}");
        await Assert.That(Load(mission).Files[0].Problem).EndsWith("its front matter is too large");
    }

    [Test]
    public async Task A_body_of_any_size_is_not_looked_at()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Task("077-thing", "WP01.md", "work_package_id: WP01");
        using (var file = File.OpenWrite(scene["kitty-specs/077-thing/tasks/WP01.md"]))
        {
            file.SetLength(1L << 40);
        }

        await Assert.That(Load(mission).Files[0].Problem).IsNull();
    }

    [Test]
    public async Task Only_names_of_work_packages_are_task_files()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        foreach (string name in (string[])["README.md", "WP1.md", "WP.md", "WPx.md", "wp02.md", "WP03_x.md", "WP04.txt", "WP05.md.bak", "xWP06.md", ".WP07.md", "WP08.x.md", "WP09", "WP٠١.md", "notes.md"])
        {
            scene.Task("077-thing", name, "work_package_id: WP01");
        }

        await Assert.That(Load(mission).Count).IsEqualTo(0);
        scene.Task("077-thing", "WP100.md", "work_package_id: WP100");
        scene.Task("077-thing", "WP10-a-b.md", "work_package_id: WP10");
        scene.Task("077-thing", "WP02-.md", "work_package_id: WP02");
        scene.Task("077-thing", "WP007.md", "work_package_id: WP007");
        var ids = new List<string>();
        foreach (var file in Load(mission).Files.ToArray())
        {
            await Assert.That(file.Problem).IsNull();
            ids.Add(file.WpId);
        }

        await Assert.That(string.Join(' ', ids)).IsEqualTo("WP007 WP02 WP10 WP100");
    }

    [Test]
    public async Task One_file_stands_for_a_work_package()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Task("077-thing", "WP01-b.md", "work_package_id: WP01");
        scene.Task("077-thing", "WP01-a.md", "work_package_id: WP01");
        scene.Task("077-thing", "WP02-a.md", "work_package_id: WP02");
        scene.Task("077-thing", "WP02.md", "work_package_id: WP02");
        var files = Load(mission).Files;
        await Assert.That(files.Count).IsEqualTo(2);
        await Assert.That(files[0].FileName).IsEqualTo("WP01-a.md");
        await Assert.That(files[1].FileName).IsEqualTo("WP02.md");
        await Assert.That(files[1].Path).IsEqualTo(scene["kitty-specs/077-thing/tasks/WP02.md"]);
        await Assert.That(Find(mission, "WP01").FileName).IsEqualTo("WP01-a.md");
        await Assert.That(Find(mission, "WP02").FileName).IsEqualTo("WP02.md");
    }

    [Test]
    [Arguments("../../../README")]
    [Arguments("*")]
    [Arguments("WP0*")]
    [Arguments("wp01")]
    [Arguments("")]
    [Arguments("WP1")]
    [Arguments("WP99")]
    [Arguments("WP01-x")]
    [Arguments("WP01\n")]
    [Arguments("WP01 ")]
    [Arguments("WP٠١")]
    public async Task Any_other_work_package_is_not_found(string wp)
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Task("077-thing", "WP01-x.md", "work_package_id: WP01");
        await Assert.That(TaskFiles.Find(mission, wp).Try(out _, out var failure)).IsFalse();
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.WpNotFound);
        await Assert.That(failure.Message).IsEqualTo($"Work package '{wp}' not found in 077-thing");
        await Assert.That(TaskFiles.Locate(mission, wp).Try(out _, out _)).IsFalse();
    }

    [Test]
    public async Task What_is_no_regular_file_is_listed_as_broken()
    {
        using var scene = new Scene();
        using var outside = new TemporaryFolder();
        var mission = scene.AMission();
        string tasks = "kitty-specs/077-thing/tasks/";
        Directory.CreateDirectory(scene[tasks + "WP01.md"]);
        Commands.Run("mkfifo", scene[tasks + "WP02.md"]);
        File.WriteAllText(outside["f"], "---\nwork_package_id: WP03\n---\n");
        File.CreateSymbolicLink(scene[tasks + "WP03.md"], outside["f"]);
        File.CreateSymbolicLink(scene[tasks + "WP04.md"], "nowhere");
        scene.Write("elsewhere/WP05.md", "---\nwork_package_id: WP05\n---\n");
        File.CreateSymbolicLink(scene[tasks + "WP05.md"], scene["elsewhere/WP05.md"]);
        var files = Load(mission).Files;
        await Assert.That(files.Count).IsEqualTo(5);
        await Assert.That(files[0].Problem).EndsWith("it is not a regular file");
        await Assert.That(files[1].Problem).EndsWith("it is not a regular file");
        await Assert.That(files[2].Problem).EndsWith("it leads out of the project");
        await Assert.That(files[3].Problem).IsNotNull();
        await Assert.That(files[4].Problem).IsNull();
    }

    [Test]
    public async Task A_name_that_is_no_text_is_listed_as_broken()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        Directory.CreateDirectory(scene["kitty-specs/077-thing/tasks"]);
        Commands.Run("sh", "-c", $"printf -- '---\\nwork_package_id: WP01\\n---\\n' > \"{scene["kitty-specs/077-thing/tasks"]}/$(printf 'WP01-\\377.md')\"");
        var file = Load(mission).Files[0];
        // .NET cannot delete what it cannot name.
        Commands.Run("rm", "-r", scene["kitty-specs/077-thing/tasks"]);
        await Assert.That(file.WpId).IsEqualTo("WP01");
        await Assert.That(file.Problem).IsNotNull();
    }

    [Test]
    public async Task Without_tasks_there_are_none()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        await Assert.That(Load(mission).Count).IsEqualTo(0);
        scene.Write("kitty-specs/077-thing/tasks", "a file");
        await Assert.That(Load(mission).Count).IsEqualTo(0);
    }

    [Test]
    public async Task A_tasks_directory_outside_is_refused()
    {
        using var scene = new Scene();
        using var outside = new TemporaryFolder();
        var mission = scene.AMission();
        Directory.CreateSymbolicLink(scene["kitty-specs/077-thing/tasks"], outside.Path);
        await Assert.That(TaskFiles.Load(mission).Try(out _, out var failure)).IsFalse();
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.TaskFileInvalid);
        await Assert.That(TaskFiles.Find(mission, "WP01").Try(out _, out failure)).IsFalse();
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.TaskFileInvalid);
    }

    [Test]
    public async Task Hundreds_of_files_are_listed_in_order()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        for (int i = 0; i < 700; i++)
        {
            scene.Task("077-thing", $"WP{i:000}-{new string('n', 150)}.md", $"work_package_id: WP{i:000}");
        }

        var tasks = Load(mission);
        await Assert.That(tasks.Count).IsEqualTo(700);
        for (int i = 0; i < 700; i++)
        {
            await Assert.That(tasks.IndexOf($"WP{i:000}")).IsEqualTo(i);
        }

        await Assert.That(tasks.TryGet("WP700", out _)).IsFalse();
        await Assert.That(tasks.TryGet("WP", out _)).IsFalse();
    }

    [Test]
    [Arguments("subtasks: [T001, T002]", "T001 T002")]
    [Arguments("subtasks:\n- T001\n- {id: T002}\n- 3\n- T004", "T001 (unnamed) 3 T004")]
    [Arguments("subtasks:\n- T001\n-\n- ~", "T001")]
    [Arguments("subtasks: {a: b}", "(unnamed)")]
    [Arguments("subtasks:", "")]
    [Arguments("subtasks: T001, T002", "T001 T002")]
    [Arguments("title: t", "")]
    public async Task The_roster_of_subtasks_loses_no_entry(string yaml, string expected)
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Task("077-thing", "WP01.md", "work_package_id: WP01\n" + yaml);
        await Assert.That(string.Join(' ', Find(mission, "WP01").Subtasks)).IsEqualTo(expected);
    }

    [Test]
    public async Task A_merge_bomb_is_refused_quickly()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        var yaml = new StringBuilder("work_package_id: WP01\na0: &a0 {");
        for (int i = 0; i < 2000; i++)
        {
            yaml.Append('k').Append(i).Append(": v, ");
        }

        yaml.Append("}\n");
        for (int i = 1; i < 3000; i++)
        {
            yaml.Append("a" + i + ": &a" + i + " {<<: [*a" + (i - 1) + ", *a0]}\n");
        }

        scene.Task("077-thing", "WP01.md", yaml.ToString());
        await Assert.That(Load(mission).Files[0].Problem).Contains("more than");
    }

    [Test]
    public async Task An_alias_bomb_does_no_harm()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        var yaml = new StringBuilder("work_package_id: WP01\na0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++)
        {
            yaml.Append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }

        scene.Task("077-thing", "WP01.md", yaml.Append("dependencies: *a59").ToString());
        await Assert.That(Load(mission).Files[0].Problem).EndsWith("every entry of dependencies must be a string");
    }

    private static TaskSet Load(Mission mission) =>
        TaskFiles.Load(mission).Try(out var tasks, out var failure) ? tasks : throw new InvalidOperationException(failure.Message);

    private static TaskFile Find(Mission mission, string wp) =>
        TaskFiles.Find(mission, wp).Try(out var file, out var failure) ? file : throw new InvalidOperationException(failure.Message);
}
