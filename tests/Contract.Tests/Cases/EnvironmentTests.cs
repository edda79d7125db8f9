using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What surrounds a call and must not matter: variables, terminal, standard streams, working directory (DESIGN §5, §6, §9).</summary>
public sealed class EnvironmentTests
{
    public static IEnumerable<(string Name, string Value)> Noise()
    {
        yield return ("FORCE_COLOR", "3");
        yield return ("CLICOLOR_FORCE", "1");
        yield return ("NO_COLOR", "1");
        yield return ("COLUMNS", "20");
        yield return ("TERM", "xterm-256color");
        yield return ("LANG", "de_DE.UTF-8");
        yield return ("LC_ALL", "tr_TR.UTF-8");
        yield return ("LC_ALL", "fi_FI.ISO-8859-1");
        yield return ("LC_ALL", "C");
        yield return ("TZ", "Asia/Kathmandu");
        yield return ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0");
        yield return ("DOTNET_gcServer", "1");
        yield return ("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "1");
        yield return ("GIT_DIR", "/nowhere");
        yield return ("GIT_WORK_TREE", "/nowhere");
        yield return ("GIT_COMMON_DIR", "/nowhere");
        yield return ("GIT_INDEX_FILE", "/nowhere");
        yield return ("GIT_OBJECT_DIRECTORY", "/nowhere");
        yield return ("GIT_NAMESPACE", "nowhere");
        yield return ("GIT_CEILING_DIRECTORIES", "/");
        yield return ("GIT_CONFIG_COUNT", "x");
        yield return ("SPEC_KITTY_CONTRACT", "");
        yield return ("SPEC_KITTY_LOCK_TIMEOUT_MS", "soon");
        yield return ("SPEC_KITTY_LOCK_TIMEOUT_MS", "-1");
        yield return ("SPEC_KITTY_DEADLINE_MS", "99999999999999999999");
        yield return ("SPECIFY_REPO_ROOT", "");
        yield return ("SPECIFY_REPO_ROOT", "/no/such/directory");
        yield return ("HOME", "");
        yield return ("HOME", "/no/such/home");
        yield return ("PATH", "");
    }

    [Test]
    [MethodDataSource(nameof(Noise))]
    public async Task A_variable_changes_nothing(string name, string value)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        string[] read = ["mission-state", "--mission", mission.Slug];
        var plain = (await sandbox.ApiAsync(read)).Ok().GetRawText();

        await Assert.That((await sandbox.ApiWithAsync([(name, value)], read)).Ok().GetRawText()).IsEqualTo(plain);
        (await sandbox.ApiWithAsync([(name, value)], "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "\u00EF I", "--policy", Policy.Valid)).Ok();

        await Assert.That(mission.Rows[^1].GetProperty("actor").GetString()).IsEqualTo("\u00EF I");
        await Assert.That(mission.Rows[^1].GetProperty("at").GetString()).EndsWith("+00:00");
        await Assert.That(File.Exists(mission.LockPath)).IsTrue();
    }

    [Test]
    public async Task An_empty_environment_is_enough()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        sandbox.Environment.Clear();

        (await mission.StateAsync()).Ok();
        (await mission.StartAsync("WP01")).Ok();
        (await mission.StateAsync()).Ok();
    }

    [Test]
    public async Task Standard_input_is_not_read()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        var call = await sandbox.RunAsync(sandbox.Root, ["orchestrator-api", "mission-state", "--mission", mission.Slug], [], new byte[1_000_000]);

        call.Ok();
    }

    [Test]
    [Arguments("0<&-")]
    [Arguments("1>&-")]
    [Arguments("2>&-")]
    [Arguments("0<&- 1>&- 2>&-")]
    [Arguments("1>/dev/full")]
    [Arguments("1>/dev/full 2>/dev/full")]
    public async Task Streams_that_are_closed_or_full_do_no_harm_to_the_log(string redirection)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var head = mission.Log;

        var result = await Spawn.RunAsync(
            "/bin/sh",
            ["-c", $"\"$@\" {redirection}", "sh", await PublishedExecutable.PathAsync(), "orchestrator-api", "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid],
            sandbox.Root,
            sandbox.Environment);

        await Assert.That(result.ExitStatus).IsEqualTo(0).Or.IsEqualTo(1);
        await Assert.That(mission.Log).StartsWith(head);
        foreach (var row in mission.Rows)
        {
            await Assert.That(row.GetProperty("wp_id").GetString()).StartsWith("WP");
        }

        await Assert.That(mission.Log).DoesNotContain("contract_version");
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress").Or.IsEqualTo("planned");
    }

    [Test]
    public async Task A_reader_that_has_gone_does_not_keep_the_call()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        var result = await Spawn.RunAsync(
            "/bin/bash",
            ["-c", "set -o pipefail; { sleep 0.05; exec \"$@\"; } | true", "bash", await PublishedExecutable.PathAsync(), "orchestrator-api", "mission-state", "--mission", mission.Slug],
            sandbox.Root,
            sandbox.Environment);

        await Assert.That(result.ExitStatus).IsLessThan(2);
    }

    [Test]
    public async Task Wherever_in_the_project_the_call_is_made_the_answer_is_the_same()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        var worktree = Path.Combine(sandbox.Top, "linked");
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "side", worktree);
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "inner", sandbox.At(".worktrees/inner"));
        string[] read = ["mission-state", "--mission", mission.Slug];
        var expected = (await sandbox.ApiAsync(read)).Ok().GetRawText();

        foreach (var directory in new[] { mission.Directory, Path.Combine(mission.Directory, "tasks"), sandbox.At(".kittify"), worktree, Path.Combine(worktree, "kitty-specs", mission.Slug, "tasks"), sandbox.At(".worktrees/inner") })
        {
            await Assert.That((await sandbox.ApiInAsync(directory, read)).Ok().GetRawText()).IsEqualTo(expected);
        }

        (await sandbox.ApiInAsync(worktree, "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid)).Ok();
        await Assert.That(mission.Rows.Length).IsEqualTo(5);
        await Assert.That(File.ReadAllText(Path.Combine(worktree, "kitty-specs", mission.Slug, "status.events.jsonl")).Split('\n').Length).IsEqualTo(4);
        await Assert.That(File.Exists(mission.LockPath)).IsTrue();
    }

    [Test]
    public async Task A_worktree_may_point_to_its_repository_by_a_relative_path()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        var worktree = sandbox.At(".worktrees/inner");
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "inner", worktree);
        File.WriteAllText(Path.Combine(worktree, ".git"), "gitdir: ../../.git/worktrees/inner\n");

        (await sandbox.ApiInAsync(Path.Combine(worktree, "kitty-specs"), "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid)).Ok();

        await Assert.That(mission.Rows.Length).IsEqualTo(5);
    }

    [Test]
    public async Task The_root_can_be_given()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        var worktree = Path.Combine(sandbox.Top, "linked");
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "side", worktree);
        File.CreateSymbolicLink(Path.Combine(sandbox.Top, "link"), sandbox.Root);
        string[] start = ["orchestrator-api", "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid];

        foreach (var root in new[] { sandbox.Root, sandbox.Root + "/", Path.Combine(sandbox.Top, "link"), worktree })
        {
            var data = (await sandbox.RunAsync(sandbox.Home, start, [("SPECIFY_REPO_ROOT", root)])).Ok();
            await Assert.That(data.GetProperty("prompt_path").GetString()).IsEqualTo(Path.Combine(mission.Directory, "tasks", "WP01-do-the-thing.md"));
        }

        var relative = (await sandbox.RunAsync(sandbox.Top, start, [("SPECIFY_REPO_ROOT", "project")])).Ok();
        await Assert.That(relative.GetProperty("prompt_path").GetString()).StartsWith(sandbox.Root + "/");
        await Assert.That(mission.Rows.Length).IsEqualTo(5);
    }

    [Test]
    public async Task A_root_that_is_none_is_passed_over()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        foreach (var root in new[] { "/no/such", sandbox.At("README.md"), "" })
        {
            (await sandbox.ApiWithAsync([("SPECIFY_REPO_ROOT", root)], "mission-state", "--mission", mission.Slug)).Ok();
        }
    }

    [Test]
    public async Task A_repository_with_missions_needs_no_marker()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        Directory.Delete(sandbox.At(".kittify"), recursive: true);
        // The user's own directory of the tool lies further up and is no project.
        Directory.CreateDirectory(Path.Combine(sandbox.Top, ".kittify"));

        (await sandbox.ApiInAsync(Path.Combine(mission.Directory, "tasks"), "mission-state", "--mission", mission.Slug)).Ok();
        (await mission.StartAsync("WP01")).Ok();
        await Assert.That(Directory.Exists(sandbox.At(".kittify"))).IsFalse();
    }

    [Test]
    public async Task Without_git_everything_works_and_no_repository_is_faked()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();

        await mission.ApproveAsync("WP01");

        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("approved");
        await Assert.That(Directory.Exists(sandbox.At(".git"))).IsFalse();
        await Assert.That(Directory.GetFiles(sandbox.At(".kittify"), "*.status.lock", SearchOption.AllDirectories).Select(Path.GetFileName).Single())
            .IsEqualTo($"{mission.Slug}.status.lock");
    }

    [Test]
    public async Task A_working_directory_that_has_gone_gives_an_envelope()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        const string Script = "mkdir gone && cd gone && rmdir ../gone && exec \"$@\"";
        string[] argv = [await PublishedExecutable.PathAsync(), "orchestrator-api", "mission-state", "--mission", mission.Slug];

        var lost = await Spawn.RunAsync("/bin/sh", ["-c", Script, "sh", .. argv], sandbox.Top, sandbox.Environment);
        await Assert.That(new Call(["mission-state"], lost).Envelope.Success).IsFalse();

        sandbox.Environment["SPECIFY_REPO_ROOT"] = sandbox.Root;
        var found = await Spawn.RunAsync("/bin/sh", ["-c", Script, "sh", .. argv], sandbox.Top, sandbox.Environment);
        new Call(["mission-state"], found).Ok();
    }

    [Test]
    [Arguments(320)]
    [Arguments(1024)]
    [Arguments(4096)]
    public async Task A_limit_on_addresses_ended_every_call_without_a_word(int mebibytes)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        string[] start = ["start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid];

        foreach (string[] argv in new string[][] { ["contract-version"], start, ["mission-state", "--mission", mission.Slug] })
        {
            var result = await Spawn.RunAsync(
                "/bin/sh", ["-c", $"ulimit -v {mebibytes * 1024} && exec \"$@\"", "sh", await PublishedExecutable.PathAsync(), "orchestrator-api", .. argv], sandbox.Root, sandbox.Environment);
            new Call(argv, result).Ok();
        }

        await Assert.That(mission.Rows.Length).IsEqualTo(5);
    }

    [Test]
    public async Task The_users_index_branch_and_stash_are_untouched()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        sandbox.Write("mine.txt", "staged\n");
        await sandbox.GitAsync("add", "mine.txt");
        sandbox.Write("README.md", "edited\n");
        var index = File.ReadAllBytes(sandbox.At(".git/index"));

        await mission.ApproveAsync("WP01");

        await Assert.That(File.ReadAllBytes(sandbox.At(".git/index")).AsSpan().SequenceEqual(index)).IsTrue();
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo(
            $" M README.md\n M kitty-specs/{mission.Slug}/status.events.jsonl\nA  mine.txt\n?? kitty-specs/{mission.Slug}/status.json\n");
        await Assert.That(await sandbox.GitAsync("stash", "list")).IsEqualTo("");
        await Assert.That((await sandbox.GitAsync("rev-list", "--all", "--count")).Trim()).IsEqualTo("2");
    }
}
