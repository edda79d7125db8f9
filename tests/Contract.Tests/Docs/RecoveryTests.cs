using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Cases;
using SpecKitty.Contract.Tests.Harness;
using SpecKitty.Contract.Tests.Tools;

namespace SpecKitty.Contract.Tests.Docs;

/// <summary>docs/operators.md, Recovery: what its table says, row by row.</summary>
public sealed class RecoveryTests
{
    /// <summary>How each row begins, and where what it says is tried. A defect cannot be made to order.</summary>
    private static readonly (string Row, Type Tests, string? Test)[] Rows =
    [
        ("A torn tail", typeof(DoctorTests), nameof(DoctorTests.A_torn_tail_is_moved_aside_by_fix_and_nothing_is_lost)),
        ("A corrupt row", typeof(RecoveryTests), nameof(A_corrupt_row_goes_with_its_line_or_with_the_file_of_a_commit)),
        ("A held lock", typeof(RecoveryTests), nameof(A_held_lock_has_a_holder_and_goes_with_it)),
        ("A merge that was killed", typeof(RecoveryTests), nameof(A_merge_that_was_killed_is_named_and_finished_by_the_next)),
        ("A worktree that was killed half-made", typeof(LaneAllocationTests), nameof(LaneAllocationTests.A_worktree_that_a_killed_call_added_and_did_not_fill_is_filled)),
        ("A worktree whose removal was killed", typeof(DoctorTests), nameof(DoctorTests.What_is_left_of_a_worktree_whose_removal_was_killed_is_removed_unless_it_is_still_in_use)),
        ("A full disk", typeof(RecoveryTests), nameof(A_full_disk_leaves_nothing_and_the_call_can_be_made_again)),
        ("A sync that failed", typeof(RecoveryTests), nameof(A_sync_that_failed_says_that_it_does_not_know)),
        ("Temporary files", typeof(DoctorTests), nameof(DoctorTests.Temporary_files_of_killed_calls_are_removed_and_files_of_others_are_not)),
        ("Records of idempotency keys", typeof(RecoveryTests), nameof(A_key_whose_record_was_removed_is_carried_out_as_a_new_call)),
        ("`status.json`", typeof(RecoveryTests), nameof(A_snapshot_that_is_wrong_decides_nothing_and_the_next_mutation_replaces_it)),
        ("Anything that says INTERNAL_ERROR", typeof(RecoveryTests), null),
    ];

    [Test]
    public async Task Every_row_of_the_table_is_tried()
    {
        string page = RepositoryRoot.Read("docs", "operators.md");
        string[] table = [.. page[page.IndexOf("## Recovery", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line[2..])];
        await Assert.That(table.Length).IsEqualTo(Rows.Length);
        foreach (var ((row, tests, test), line) in Rows.Zip(table))
        {
            await Assert.That(line).StartsWith(row);
            await Assert.That(test is null || tests.GetMethod(test)!.IsDefined(typeof(TestAttribute), inherit: false)).IsTrue();
        }
    }

    [Test]
    public async Task A_corrupt_row_goes_with_its_line_or_with_the_file_of_a_commit()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        (await mission.StartAsync("WP01")).Ok();
        string log = mission.Log, newer = log[(await sandbox.GitAsync("show", $"HEAD:kitty-specs/{mission.Slug}/status.events.jsonl")).Length..];
        mission.AppendText("not a row\n");
        var refused = (await mission.StartAsync("WP02")).Fails("EVENT_LOG_CORRUPT");
        await Assert.That((refused.Data.GetProperty("line").GetInt32(), refused.Data.GetProperty("offset").GetInt64())).IsEqualTo((log.Split('\n').Length, (long)log.Length));

        await sandbox.GitAsync("checkout", "HEAD", "--", $"kitty-specs/{mission.Slug}/status.events.jsonl");
        mission.AppendText(newer.TrimStart('\n'));
        await Assert.That(mission.Log).IsEqualTo(log);
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress");
    }

    [Test]
    public async Task A_held_lock_has_a_holder_and_goes_with_it()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        sandbox.Environment["SPEC_KITTY_LOCK_TIMEOUT_MS"] = "50";
        using (new HeldLock(mission.LockPath))
        {
            var refused = (await mission.StartAsync("WP01")).Fails("LOCK_TIMEOUT");
            await Assert.That((refused.Data.GetProperty("retryable").GetBoolean(), refused.Text("effect"))).IsEqualTo((true, "none"));
            var held = (await sandbox.DocumentAsync(1, "doctor", "--json")).GetProperty("findings").EnumerateArray().Single(one => one.GetProperty("code").GetString() == "lock-held");
            await Assert.That(held.GetProperty("message").GetString()).Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        await Assert.That(new FileInfo(mission.LockPath).Length).IsEqualTo(0L);
        (await mission.StartAsync("WP01")).Ok();
        await Assert.That(File.Exists(mission.LockPath)).IsTrue();
    }

    [Test]
    public async Task A_merge_that_was_killed_is_named_and_finished_by_the_next()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await Tracer.RequireAsync(sandbox);
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string codes = "";
        for (int nth = 1; !codes.Contains("merge-journal", StringComparison.Ordinal); nth++)
        {
            string[] argv =
            [
                "-qq", "-o", "/dev/null", "-e", "trace=/^rename", "-e", $"inject=/^rename:signal=KILL:when={nth}", await PublishedExecutable.PathAsync(), "orchestrator-api", "merge-mission", "--mission", MergeScene.Slug,
            ];
            var killed = await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment);
            await Assert.That(killed.ExitStatus).IsEqualTo(137);
            var call = await sandbox.ToolAsync("doctor", "--json");
            codes = ToolSandbox.Codes(StrictJson.Parse(call.StdoutText));
        }

        (await scene.MergeAsync()).Ok();
        await scene.IsLandedAsync();
        await Assert.That(ToolSandbox.Codes(StrictJson.Parse((await sandbox.ToolAsync("doctor", "--json")).StdoutText))).DoesNotContain("merge-journal");
    }

    [Test]
    public async Task A_full_disk_leaves_nothing_and_the_call_can_be_made_again()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        string log = mission.Log;
        var refused = (await InjectAsync(sandbox, mission, "write", "ENOSPC")).Fails("IO_FAILED");
        await Assert.That((refused.Data.GetProperty("retryable").GetBoolean(), refused.Text("effect"))).IsEqualTo((true, "none"));
        await Assert.That(mission.Log).IsEqualTo(log);
        (await mission.StartAsync("WP01")).Ok();
    }

    [Test]
    public async Task A_sync_that_failed_says_that_it_does_not_know()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        var refused = (await InjectAsync(sandbox, mission, "fdatasync", "EIO")).Fails("IO_FAILED");
        await Assert.That(refused.Text("effect")).IsEqualTo("indeterminate");
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("in_progress").Or.IsEqualTo("planned");
        (await mission.StartAsync("WP01")).Ok();
    }

    [Test]
    public async Task A_key_whose_record_was_removed_is_carried_out_as_a_new_call()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        string[] note = ["append-history", "--mission", "077", "--wp", "WP01", "--actor", "me", "--note", "once", "--idempotency-key", "k"];
        (await sandbox.ApiAsync(note)).Ok();
        await Assert.That((await sandbox.ApiAsync(note)).Ok().GetProperty("replayed").GetBoolean()).IsTrue();
        foreach (string record in Directory.GetFiles(sandbox.At(".git/spec-kitty-locks/idempotency")))
        {
            File.SetLastWriteTimeUtc(record, DateTime.UtcNow.AddDays(-31));
        }

        await sandbox.ToolAsync("doctor", "--fix");
        await Assert.That((await sandbox.ApiAsync(note)).Ok().GetProperty("replayed").GetBoolean()).IsFalse();
        await Assert.That(mission.Read("tasks/WP01-do-the-thing.md").Split("me: once").Length - 1).IsEqualTo(2);
    }

    [Test]
    public async Task A_snapshot_that_is_wrong_decides_nothing_and_the_next_mutation_replaces_it()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        File.WriteAllText(mission.SnapshotPath, "{}");
        await Assert.That(await mission.LaneAsync("WP01")).IsEqualTo("planned");
        (await mission.StartAsync("WP01")).Ok();
        await Assert.That(StrictJson.Parse(File.ReadAllText(mission.SnapshotPath)).GetProperty("work_packages").GetProperty("WP01").GetProperty("lane").GetString()).IsEqualTo("in_progress");
    }

    /// <summary>Begins WP01 while a system call on the log fails.</summary>
    private static async Task<Call> InjectAsync(Sandbox sandbox, Mission mission, string syscall, string errno)
    {
        await Tracer.RequireAsync(sandbox);
        string[] argv =
        [
            "-qq", "-o", "/dev/null", "-P", mission.LogPath, "-e", "trace=" + syscall, "-e", $"inject={syscall}:error={errno}", await PublishedExecutable.PathAsync(), "orchestrator-api",
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid,
        ];
        return new Call(argv, await Spawn.RunAsync("strace", argv, sandbox.Root, sandbox.Environment));
    }
}
