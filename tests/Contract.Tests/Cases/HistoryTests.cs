using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>append-history: the note in the task file, other bytes untouched, and a commit of that file alone where one may be made (DESIGN §9, §11).</summary>
public sealed class HistoryTests
{
    private const string Task01 = "tasks/WP01-do-the-thing.md";

    [Test]
    public async Task A_note_is_the_last_line_of_the_log_and_carries_its_id()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Write(Task01, "---\nwork_package_id: WP01\n---\n\n## Activity Log\n\n- older\n\n## Notes\n\nafter\n");

        var id = (await AppendAsync(sandbox, mission, "first; see review/1")).Ok().GetProperty("history_entry_id").GetString()!;
        (await AppendAsync(sandbox, mission, "second")).Ok();

        var lines = mission.Read(Task01).Split('\n');
        var section = lines[Array.IndexOf(lines, "## Activity Log")..Array.IndexOf(lines, "## Notes")];
        await Assert.That(section[3]).Contains("codex: first; see review/1").And.Contains(id);
        await Assert.That(section[4]).Contains("codex: second");
        await Assert.That(lines[..6]).IsEquivalentTo(["---", "work_package_id: WP01", "---", "", "## Activity Log", ""], CollectionOrdering.Matching);
        await Assert.That(string.Join('\n', lines[^4..])).IsEqualTo("## Notes\n\nafter\n");
    }

    [Test]
    [Arguments("one\n## Forged\n---\n- [x] two")]
    [Arguments("one\r\n## Forged")]
    [Arguments("one\r## Forged")]
    [Arguments("one\v## Forged\f---")]
    [Arguments("one\u0085## Forged\u2028---\u2029- [x] two")]
    public async Task A_note_cannot_forge_structure(string note)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var before = Lines(mission.Read(Task01));

        (await sandbox.ApiAsync("append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", note, "--note", note)).Ok();

        var after = Lines(mission.Read(Task01));
        await Assert.That(after.Length).IsEqualTo(before.Length + 1);
        await Assert.That(after.Count(line => line.StartsWith("## ", StringComparison.Ordinal))).IsEqualTo(1);
        await Assert.That(after.Count(line => line.StartsWith("---", StringComparison.Ordinal))).IsEqualTo(2);
    }

    [Test]
    public async Task Other_bytes_stay_as_they_are()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        byte[] head = [0xEF, 0xBB, 0xBF, .. "---\r\nwork_package_id: WP01\r\n---\r\n\r\nnot text: "u8, 0xFF, 0xFE, .. "\r\n\r\n## Activity Log\r\n\r\n"u8];
        var file = Path.Combine(mission.Directory, Task01);
        File.WriteAllBytes(file, head);

        (await AppendAsync(sandbox, mission, "n")).Ok();

        var after = File.ReadAllBytes(file);
        await Assert.That(after.AsSpan().StartsWith(head)).IsTrue();
        await Assert.That(Encoding.UTF8.GetString(after[head.Length..])).EndsWith("\r\n");
    }

    [Test]
    public async Task A_file_without_the_section_gets_one()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Write(Task01, "---\nwork_package_id: WP01\n---\n\n# WP01");

        (await AppendAsync(sandbox, mission, "n")).Ok();

        await Assert.That(mission.Read(Task01)).StartsWith("---\nwork_package_id: WP01\n---\n\n# WP01\n\n## Activity Log\n\n- [");
    }

    [Test]
    [Arguments("main", false)]
    [Arguments("master", false)]
    [Arguments("release", true)]
    [Arguments("feature/x", true)]
    public async Task Main_and_master_are_protected(string branch, bool commits)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-B", branch);

        await CheckAsync(sandbox, mission, commits);
    }

    [Test]
    [Arguments("main", true)]
    [Arguments("release", false)]
    public async Task The_project_says_what_is_protected(string branch, bool commits)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Write(".kittify/config.yaml", "policy:\n  protected_branches:\n  - release\n");
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-B", branch);

        await CheckAsync(sandbox, mission, commits);
    }

    [Test]
    public async Task Detached_or_with_a_locked_index_the_note_is_kept_without_a_commit()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "--detach");
        await CheckAsync(sandbox, mission, commits: false);

        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write(".git/index.lock", "");
        await CheckAsync(sandbox, mission, commits: false);
        await Assert.That(File.Exists(sandbox.At(".git/index.lock"))).IsTrue();
    }

    [Test]
    public async Task Without_git_the_note_is_kept()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();

        await Assert.That((await AppendAsync(sandbox, mission, "n")).Ok().GetProperty("committed").GetBoolean()).IsFalse();
        await Assert.That(mission.Read(Task01)).Contains("codex: n");
    }

    [Test]
    public async Task The_users_index_tree_and_stash_stay_as_they_are()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write("mine.txt", "staged\n");
        await sandbox.GitAsync("add", "mine.txt");
        sandbox.Write("README.md", "edited\n");

        (await AppendAsync(sandbox, mission, "n")).Ok();

        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo(" M README.md\nA  mine.txt\n");
        await Assert.That(await sandbox.GitAsync("show", "--name-only", "--format=", "HEAD")).IsEqualTo($"kitty-specs/{mission.Slug}/{Task01}\n");
        await Assert.That(await sandbox.GitAsync("stash", "list")).IsEqualTo("");
    }

    [Test]
    public async Task A_hook_that_refuses_leaves_the_file_as_it_was()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(sandbox.At(".git/hooks/pre-commit"), (UnixFileMode)0b111_101_101);
        var before = mission.Read(Task01);

        var call = (await AppendAsync(sandbox, mission, "n")).Fails("HISTORY_COMMIT_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(mission.Read(Task01)).IsEqualTo(before);
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
    }

    /// <summary>The option that takes paths literally reaches the hooks of a commit as a variable of the environment, and a hook that asked for patterns was told of no file.</summary>
    [Test]
    public async Task A_hook_asks_git_by_pattern_and_is_told_the_task_file()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write(".git/hooks/pre-commit", $"#!/bin/sh\ngit diff --cached --name-only -- '*.md' > '{sandbox.Top}/seen'\n");
        File.SetUnixFileMode(sandbox.At(".git/hooks/pre-commit"), (UnixFileMode)0b111_101_101);

        (await AppendAsync(sandbox, mission, "n")).Ok();

        await Assert.That(await File.ReadAllTextAsync(Path.Combine(sandbox.Top, "seen"))).IsEqualTo($"kitty-specs/{mission.Slug}/{Task01}\n");
    }

    [Test]
    public async Task Notes_of_many_at_once_are_all_kept()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        (string, string)[] patient = [("SPEC_KITTY_LOCK_TIMEOUT_MS", "60000"), ("SPEC_KITTY_DEADLINE_MS", "80000")];

        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => sandbox.ApiWithAsync(
            patient, "append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", $"note {i};")));

        foreach (var call in calls)
        {
            call.Ok();
        }

        var text = mission.Read(Task01);
        foreach (var i in Enumerable.Range(0, 8))
        {
            await Assert.That(text).Contains($"codex: note {i};");
        }
    }

    [Test]
    public async Task Six_notes_at_once_are_six_notes_and_six_commits()
    {
        const int Notes = 6;
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");

        var calls = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(1, Notes).Select(i => AppendAsync(sandbox, mission, $"note {i}")));

        string text = mission.Read(Task01);
        foreach (var call in calls)
        {
            await Assert.That(call.Ok().GetProperty("committed").GetBoolean()).IsTrue();
            await Assert.That(text.Split(call.Text("history_entry_id")).Length).IsEqualTo(2);
        }

        await Assert.That(await sandbox.GitAsync("rev-list", "--count", "main..feature/x")).IsEqualTo($"{Notes}\n");
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    public async Task Nobody_to_commit_as_leaves_the_file_as_it_was()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        File.WriteAllText(Path.Combine(sandbox.Home, "gitconfig"), "[user]\n\tuseConfigOnly = true\n");
        var before = mission.Read(Task01);

        var call = (await AppendAsync(sandbox, mission, "n")).Fails("HISTORY_COMMIT_FAILED");

        await Assert.That(call.Text("effect")).IsEqualTo("none");
        await Assert.That(call.Message).Contains("user.email");
        await Assert.That(mission.Read(Task01)).IsEqualTo(before);
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    public async Task Git_that_is_not_on_the_path_does_not_keep_a_note_from_being_kept()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");

        var data = (await sandbox.ApiWithAsync(
            [("PATH", sandbox.Home)], "append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", "kept")).Ok();

        await Assert.That(data.GetProperty("committed").GetBoolean()).IsFalse();
        await Assert.That(data.GetProperty("warnings")[0].GetString()).Contains("git is not on PATH");
        await Assert.That(mission.Read(Task01)).Contains("codex: kept");
    }

    [Test]
    [Arguments("MERGE_HEAD")]
    [Arguments("CHERRY_PICK_HEAD")]
    [Arguments("sequencer/todo")]
    public async Task In_the_middle_of_another_git_operation_the_note_is_kept_without_a_commit(string mark)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write(".git/" + mark, await sandbox.GitAsync("rev-parse", "HEAD"));

        await CheckAsync(sandbox, mission, commits: false);
    }

    [Test]
    public async Task A_task_file_that_git_does_not_know_or_ignores_is_committed_all_the_same()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Write(".gitignore", ".worktrees/\nkitty-specs/*/tasks/\n");
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");

        await CheckAsync(sandbox, mission, commits: true);
        await Assert.That(await sandbox.GitAsync("show", "--name-only", "--format=", "HEAD")).IsEqualTo($"kitty-specs/{mission.Slug}/{Task01}\n");
    }

    [Test]
    public async Task A_file_without_a_last_line_end_or_with_later_sections_keeps_them()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        foreach (var (before, after) in new[] { ("# T\n\n## Activity Log\n\n- old", ""), ("## Activity Log\n\n- old\n\n\n## Later\r\n\r\ntext", "\n\n\n## Later\r\n\r\ntext") })
        {
            string file = "---\nwork_package_id: WP01\n---\n" + before;
            mission.Write(Task01, file);

            string id = (await AppendAsync(sandbox, mission, "new")).Ok().GetProperty("history_entry_id").GetString()!;

            string text = mission.Read(Task01);
            string kept = file[..^after.Length];
            await Assert.That(text).StartsWith(kept + "\n- [").And.EndsWith($"codex: new <!-- {id} -->{after}");
        }
    }

    private static async Task CheckAsync(Sandbox sandbox, Mission mission, bool commits)
    {
        var head = await sandbox.GitAsync("rev-parse", "HEAD");

        var data = (await AppendAsync(sandbox, mission, $"commits {commits}")).Ok();

        await Assert.That(data.GetProperty("committed").GetBoolean()).IsEqualTo(commits);
        await Assert.That(await sandbox.GitAsync("rev-parse", "HEAD") != head).IsEqualTo(commits);
        await Assert.That(mission.Read(Task01)).Contains($"codex: commits {commits}");
    }

    private static Task<Call> AppendAsync(Sandbox sandbox, Mission mission, string note) =>
        sandbox.ApiAsync("append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", note);

    /// <summary>The lines as the most generous reader would see them.</summary>
    private static string[] Lines(string text) => text.Split(['\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029']);
}
