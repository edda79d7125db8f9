using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Tools;

/// <summary>What is wrong with a project, and what --fix does about it.</summary>
public sealed class DoctorTests
{
    [Test]
    public async Task A_healthy_project_is_said_to_be_healthy_and_nothing_is_written()
    {
        using var sandbox = await HealthyAsync();
        var before = sandbox.Tree();
        await Assert.That(await sandbox.CodesAsync(0)).IsEqualTo("");
        var call = await sandbox.ToolAsync("doctor");
        await Assert.That((call.ExitStatus, call.StderrText)).IsEqualTo((0, ""));
        await Assert.That(call.StdoutText).Contains("nothing is wrong (missions looked at: 1)");
        sandbox.Tree().MustEqual(before, "the files");
    }

    [Test]
    public async Task Every_corrupt_row_is_named_with_line_offset_and_reason_and_fix_leaves_them_alone()
    {
        using var sandbox = await HealthyAsync();
        string path = sandbox.At($"kitty-specs/{MissionBuilder.DefaultSlug}/status.events.jsonl");
        string log = File.ReadAllText(path);
        File.WriteAllText(path, log + "nonsense\n" + "{\"wp_id\": \"WP01\", \"event_id\": \"x\", \"from_lane\": \"nowhere\"}\n" + log.Split('\n')[0].Replace("01JQ8Z0", "01JQ9Z0", StringComparison.Ordinal) + "\n");
        var document = await sandbox.DocumentAsync(1, "doctor", "--json", "--fix");
        var rows = document.GetProperty("findings").EnumerateArray().Where(one => one.GetProperty("code").GetString() == "row-corrupt").ToArray();
        await Assert.That(rows.Length).IsEqualTo(2);
        await Assert.That(rows[0].GetProperty("message").GetString()).StartsWith($"line 4 (byte {log.Length}): ");
        await Assert.That(rows[1].GetProperty("message").GetString()).StartsWith($"line 5 (byte {log.Length + 9}): ");
        await Assert.That(File.ReadAllText(path)).StartsWith(log + "nonsense\n");
    }

    [Test]
    public async Task A_torn_tail_is_moved_aside_by_fix_and_nothing_is_lost()
    {
        using var sandbox = await HealthyAsync();
        string path = sandbox.At($"kitty-specs/{MissionBuilder.DefaultSlug}/status.events.jsonl");
        string log = File.ReadAllText(path);
        File.AppendAllText(path, "{\"actor\": \"me");
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("torn-tail");
        await Assert.That(File.ReadAllText(path)).IsEqualTo(log + "{\"actor\": \"me");
        await Assert.That(await sandbox.CodesAsync(0, "--fix")).IsEqualTo("torn-tail");
        await Assert.That(File.ReadAllText(path)).IsEqualTo(log);
        await Assert.That(File.ReadAllText(Directory.GetFiles(Path.GetDirectoryName(path)!, "status.events.jsonl.torn-*").Single())).IsEqualTo("{\"actor\": \"me");
        await Assert.That(await sandbox.CodesAsync(0)).IsEqualTo("");
    }

    [Test]
    public async Task A_torn_tail_that_a_limit_on_file_sizes_keeps_from_being_moved_stays_where_it_is()
    {
        using var sandbox = await HealthyAsync();
        string path = sandbox.At($"kitty-specs/{MissionBuilder.DefaultSlug}/status.events.jsonl");
        File.AppendAllText(path, "{\"actor\": \"me");
        string log = File.ReadAllText(path);
        string[] argv = ["-c", "ulimit -f 0 && exec \"$@\"", "sh", await PublishedExecutable.PathAsync(), "doctor", "--json", "--fix"];

        var result = await Spawn.RunAsync("/bin/sh", argv, sandbox.Root, sandbox.Environment);

        await Assert.That(result.ExitStatus).IsEqualTo(1);
        await Assert.That(result.StdoutText).Contains("File too large");
        await Assert.That(File.ReadAllText(path)).IsEqualTo(log);
        await Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.torn-*")).IsEmpty();
    }

    [Test]
    public async Task A_line_feed_that_lacks_is_added_by_fix()
    {
        using var sandbox = await HealthyAsync();
        string path = sandbox.At($"kitty-specs/{MissionBuilder.DefaultSlug}/status.events.jsonl");
        string log = File.ReadAllText(path);
        File.WriteAllText(path, log[..^1]);
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("line-feed-missing");
        await Assert.That(await sandbox.CodesAsync(0, "--fix")).IsEqualTo("line-feed-missing");
        await Assert.That(File.ReadAllText(path)).IsEqualTo(log);
    }

    [Test]
    public async Task A_snapshot_that_is_out_of_date_or_missing_is_replaced_by_fix()
    {
        using var sandbox = await HealthyAsync();
        string path = sandbox.At($"kitty-specs/{MissionBuilder.DefaultSlug}/status.json");
        string right = File.ReadAllText(path);
        foreach (string? wrong in new[] { right.Replace("planned", "done", StringComparison.Ordinal), "", null })
        {
            File.Delete(path);
            if (wrong is not null)
            {
                File.WriteAllText(path, wrong);
            }

            await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("snapshot-stale");
            await Assert.That(await sandbox.CodesAsync(0, "--fix")).IsEqualTo("snapshot-stale");
            await Assert.That(File.ReadAllText(path)).IsEqualTo(right);
        }
    }

    [Test]
    public async Task Scratch_files_of_a_killed_merge_are_removed_and_those_of_a_running_one_are_not()
    {
        using var sandbox = await HealthyAsync();
        string locks = ".git/spec-kitty-locks/", scratch = locks + MissionBuilder.DefaultSlug + ".merge.";
        string[] ours = [scratch + "object", scratch + "ours", scratch + "base", scratch + "theirs"], others = [scratch + "note", locks + "repository.merge.lock"];
        foreach (string name in ours.Concat(others))
        {
            sandbox.Write(name, "");
        }

        using (new HeldLock(sandbox.At(locks + "repository.merge.lock")))
        {
            await Assert.That(await sandbox.CodesAsync(0, "--fix")).IsEqualTo("");
            await Assert.That(ours.All(name => File.Exists(sandbox.At(name)))).IsTrue();
        }

        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("temporary-file temporary-file temporary-file temporary-file");
        await Assert.That(await sandbox.CodesAsync(0, "--fix")).IsEqualTo("temporary-file temporary-file temporary-file temporary-file");
        await Assert.That(ours.Any(name => File.Exists(sandbox.At(name)))).IsFalse();
        await Assert.That(others.All(name => File.Exists(sandbox.At(name)))).IsTrue();
    }

    [Test]
    public async Task Records_of_idempotency_keys_are_removed_when_they_are_a_month_old_and_nobody_holds_them()
    {
        using var sandbox = await HealthyAsync();
        string records = ".git/spec-kitty-locks/idempotency/";
        foreach (string name in new[] { "old.jsonl", "held.jsonl", "young.jsonl", "old.txt" })
        {
            sandbox.Write(records + name, "{}\n");
            File.SetLastWriteTimeUtc(sandbox.At(records + name), System.DateTime.UtcNow.AddDays(name[0] == 'y' ? -29 : -31));
        }

        using (new HeldLock(sandbox.At(records + "held.jsonl")))
        {
            var found = (await sandbox.DocumentAsync(0, "doctor", "--json")).GetProperty("findings").EnumerateArray().Single(one => one.GetProperty("code").GetString() == "idempotency-records-old");
            await Assert.That(found.GetProperty("message").GetString()).StartsWith("2 records");
            await Assert.That(File.Exists(sandbox.At(records + "old.jsonl"))).IsTrue();
            var repaired = (await sandbox.DocumentAsync(0, "doctor", "--json", "--fix")).GetProperty("findings").EnumerateArray().Single(one => one.GetProperty("code").GetString() == "idempotency-records-old");
            await Assert.That(repaired.GetProperty("fixed").GetString()).IsEqualTo("removed 1");
        }

        await Assert.That(string.Join(' ', Directory.GetFiles(sandbox.At(records)).Select(Path.GetFileName).Order())).IsEqualTo("held.jsonl old.txt young.jsonl");
    }

    [Test]
    public async Task Temporary_files_of_killed_calls_are_removed_and_files_of_others_are_not()
    {
        using var sandbox = await HealthyAsync();
        string folder = $"kitty-specs/{MissionBuilder.DefaultSlug}/";
        string[] ours = [".status.json.spec-kitty.tmp", ".status.json.4711.0123456789abcdef.tmp"], others = [".atomic-x.tmp", ".note.tmp", "x.spec-kitty.tmp", ".a.b.0123456789abcdef.tmp"];
        foreach (string name in ours.Concat(others))
        {
            sandbox.Write(folder + name, "left");
        }

        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("temporary-file temporary-file");
        await Assert.That(await sandbox.CodesAsync(0, "--fix")).IsEqualTo("temporary-file temporary-file");
        await Assert.That(ours.Any(name => File.Exists(sandbox.At(folder + name)))).IsFalse();
        await Assert.That(others.All(name => File.Exists(sandbox.At(folder + name)))).IsTrue();
    }

    [Test]
    public async Task Invalid_files_of_a_mission_are_each_named()
    {
        using var sandbox = await HealthyAsync();
        string folder = $"kitty-specs/{MissionBuilder.DefaultSlug}/";
        sandbox.Write(folder + "tasks/WP01-do-the-thing.md", "no front matter\n");
        sandbox.Write(folder + "tasks/WP02-do-the-thing.md", MissionBuilder.TaskFile("WP02", "WP03"));
        sandbox.Write(folder + "tasks/WP03-do-the-thing.md", MissionBuilder.TaskFile("WP03", "WP02", "WP09", "WP03"));
        sandbox.Write(folder + "lanes.json", "{}");
        sandbox.Write("kitty-specs/080-broken/meta.json", "{");
        sandbox.Write("kitty-specs/081-poor/meta.json", "{\"mission_id\": \"01JQ8Z4T6V9W0X1Y2Z3A4B5C6E\"}");
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo(
            "dependency-unsatisfiable dependency-unsatisfiable dependency-unsatisfiable lanes-invalid meta-incomplete meta-invalid task-invalid");
        await Assert.That(await sandbox.CodesAsync(1, "--mission", "080-broken")).IsEqualTo("meta-invalid");
    }

    [Test]
    public async Task Worktrees_that_belong_to_nothing_are_named_and_stale_registrations_pruned()
    {
        using var sandbox = await HealthyAsync();
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "a", ".worktrees/099-gone-lane-a");
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "b", $".worktrees/{MissionBuilder.DefaultSlug}-lane-b");
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "c", $".worktrees/{MissionBuilder.DefaultSlug}-lane-c");
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "d", $".worktrees/{MissionBuilder.DefaultSlug}-lane-d");
        await sandbox.GitAsync("update-ref", "-d", "refs/heads/b");
        Directory.Delete(sandbox.At($".worktrees/{MissionBuilder.DefaultSlug}-lane-c"), recursive: true);
        sandbox.Write(".worktrees/husk/file", "x");
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("worktree-branchless worktree-husk worktree-orphaned worktree-registration");
        await Assert.That(await sandbox.CodesAsync(1, "--fix")).IsEqualTo("worktree-branchless worktree-husk worktree-orphaned worktree-registration");
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("worktree-branchless worktree-husk worktree-orphaned");
        await Assert.That(File.Exists(sandbox.At(".worktrees/husk/file"))).IsTrue();
    }

    [Test]
    public async Task What_is_left_of_a_worktree_whose_removal_was_killed_is_removed_unless_it_is_still_in_use()
    {
        using var sandbox = await HealthyAsync();
        string worktree = $".worktrees/{MissionBuilder.DefaultSlug}-lane-a", left = sandbox.At($".worktrees/.{MissionBuilder.DefaultSlug}-lane-a.removed");
        sandbox.Write(worktree + "/tracked.txt", "x");
        sandbox.Write(worktree + "/src/deep/tracked.txt", "x");
        await Poll.UntilAsync(() => ClockHasTicked(sandbox, worktree + "/src/deep/tracked.txt"), "the clock of the file system");
        Directory.Move(sandbox.At(worktree), left);

        // A merge still removes it.
        sandbox.Write(".git/spec-kitty-locks/repository.merge.lock", "");
        using (new HeldLock(sandbox.At(".git/spec-kitty-locks/repository.merge.lock")))
        {
            await Assert.That(await sandbox.CodesAsync(0, "--fix")).IsEqualTo("");
        }

        // Somebody worked in it after the kill.
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("worktree-removed");
        await File.WriteAllTextAsync(Path.Combine(left, "src/deep/late.txt"), "late");
        await Assert.That(await sandbox.CodesAsync(1, "--fix")).IsEqualTo("worktree-husk");
        File.Delete(Path.Combine(left, "src/deep/late.txt"));

        await Assert.That(await sandbox.CodesAsync(0, "--fix")).IsEqualTo("worktree-removed");
        await Assert.That(Directory.Exists(left)).IsFalse();
        await Assert.That(await sandbox.CodesAsync(0)).IsEqualTo("");
    }

    [Test]
    public async Task A_coordination_branch_that_is_gone_and_a_merge_journal_are_named()
    {
        using var sandbox = await HealthyAsync();
        sandbox.Mission("082-coord").Id("01JQ8Z4T6V9W0X1Y2Z3A4B5C6F").Meta("coordination_branch", "kitty/none").Unseeded().Write();
        sandbox.Write(".git/spec-kitty/merge-082-coord.journal", "{}");
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("coordination-broken merge-journal-unreadable");
    }

    [Test]
    public async Task Who_holds_the_lock_is_a_note_that_makes_nobody_ill()
    {
        using var sandbox = await HealthyAsync();
        using var held = new HeldLock(sandbox.At($".git/spec-kitty-locks/{MissionBuilder.DefaultSlug}.status.lock"));
        var document = await sandbox.DocumentAsync(0, "doctor", "--json");
        await Assert.That(document.GetProperty("findings").EnumerateArray().Any(one => one.GetProperty("code").GetString() == "lock-held")).IsTrue();
    }

    [Test]
    public async Task A_merge_driver_without_configuration_is_named()
    {
        using var sandbox = await HealthyAsync();
        sandbox.Write(".gitattributes", "**/status.events.jsonl merge=spec-kitty-event-log\n");
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("merge-driver-unset");
        await sandbox.GitAsync("config", "merge.spec-kitty-event-log.driver", "spec-kitty merge-driver-event-log %O %A %B");
        await Assert.That(await sandbox.CodesAsync(0)).IsEqualTo("");
    }

    [Test]
    public async Task Where_there_is_no_project_it_says_so()
    {
        using var sandbox = Sandbox.Empty();
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("no-project no-repository");
    }

    [Test]
    public async Task Unsupported_schema_and_unknown_level_are_named()
    {
        using var sandbox = await HealthyAsync();
        sandbox.Write(".kittify/metadata.yaml", "spec_kitty:\n  schema_version: 99\n");
        sandbox.Write(".kittify/config.yaml", "orchestrator_api:\n  contract: \"9.9.9\"\n");
        await Assert.That(await sandbox.CodesAsync(1)).IsEqualTo("level-unknown schema-unsupported");
    }

    /// <summary>Whether a file that is written now is younger than that one.</summary>
    private static bool ClockHasTicked(Sandbox sandbox, string name)
    {
        string probe = sandbox.At(".git/probe");
        File.WriteAllText(probe, "");
        return File.GetLastWriteTimeUtc(probe) > File.GetLastWriteTimeUtc(sandbox.At(name));
    }

    /// <summary>A mission with rows and the snapshot that they give.</summary>
    private static async Task<Sandbox> HealthyAsync()
    {
        var sandbox = await Sandbox.WithGitAsync();
        await sandbox.Mission().CommitAsync();
        await sandbox.ToolAsync("doctor", "--fix");
        return sandbox;
    }
}
