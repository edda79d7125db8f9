using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Status;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class StatusTransactionTests
{
    private static readonly string Claimed = Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:01+00:00", Rows.Id(1));

    [Test]
    public async Task The_first_rows_make_the_log()
    {
        using var mission = new MissionFolder();
        var outcome = mission.Append(Move("WP01", Lane.Planned, Lane.Claimed), Move("WP01", Lane.Claimed, Lane.InProgress));
        await Assert.That(outcome.Warnings).IsEmpty();
        var status = mission.Read();
        await Assert.That(status.EventCount).IsEqualTo(2);
        await Assert.That(status.LaneOf("WP01")).IsEqualTo(Lane.InProgress);
        await Assert.That(status.LastEventId).IsEqualTo(outcome.EventIds[1]);
        await Assert.That(status.MaterializedAt).IsEqualTo(outcome.At);
        await Assert.That(Directory.GetFiles(mission.Folder).Select(f => Path.GetFileName(f)).Order()).IsEquivalentTo(["status.events.jsonl", "status.json"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Rows_have_the_references_bytes()
    {
        using var mission = new MissionFolder();
        mission.Append(new LaneMove
        {
            WpId = "WP01",
            From = Lane.ForReview,
            To = Lane.InReview,
            Actor = "Jürgen \U0001F431\n",
            Force = true,
            Reason = "naïve \u2028",
            ReviewRef = "",
            PolicyMetadata = new AnnotationDelta { Note = "p" },
        });
        string row = Encoding.UTF8.GetString(mission.Log);
        using var json = JsonDocument.Parse(row);
        string at = json.RootElement.GetProperty("at").GetString()!, id = json.RootElement.GetProperty("event_id").GetString()!;
        await Assert.That(row).IsEqualTo(
            """{"actor": "J\u00fcrgen \ud83d\udc31\n", "at": "AT", "event_id": "ID", "evidence": null, "execution_mode": "worktree", "force": true, "from_lane": "for_review", "mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", "mission_slug": "077-m", "policy_metadata": {"note": "p"}, "reason": "na\u00efve \u2028", "review_ref": "", "to_lane": "in_review", "wp_id": "WP01"}"""
                .Replace("AT", at, StringComparison.Ordinal).Replace("ID", id, StringComparison.Ordinal) + "\n");
    }

    [Test]
    public async Task Two_rows_are_one_microsecond_apart()
    {
        using var mission = new MissionFolder();
        mission.Append(Move("WP01", Lane.Planned, Lane.Claimed), Move("WP01", Lane.Claimed, Lane.InProgress));
        var times = Encoding.UTF8.GetString(mission.Log).Split('\n')[..2].Select(l => DateTimeOffset.Parse(JsonDocument.Parse(l).RootElement.GetProperty("at").GetString()!, null)).ToArray();
        await Assert.That((times[1] - times[0]).Ticks).IsEqualTo(10);
    }

    [Test]
    public async Task Keys_that_tell_who_the_caller_is_do_not_reach_the_log()
    {
        using var mission = new MissionFolder();
        using var json = JsonDocument.Parse("""{"z": 1, "hostname": "h", "a": [{"developer_email": 1, "b": "\"hostname\": \u00e9"}]}""");
        mission.Append(Move("WP01", Lane.Planned, Lane.Claimed) with
        {
            Evidence = new Evidence { Review = new ReviewEvidence { Reference = "r", Reviewer = json.RootElement, Verdict = json.RootElement } },
        });
        string row = Encoding.UTF8.GetString(mission.Log);
        await Assert.That(row).Contains("""
            "reviewer": {"a": [{"b": "\"hostname\": \u00e9"}], "z": 1},
            """.Trim());
        await Assert.That(mission.Read().LaneOf("WP01")).IsEqualTo(Lane.Claimed);
    }

    [Test]
    public async Task A_missing_line_feed_comes_with_the_next_rows()
    {
        using var mission = new MissionFolder(Claimed);
        mission.Append(Move("WP01", Lane.Claimed, Lane.InProgress));
        await Assert.That(Encoding.UTF8.GetString(mission.Log)).StartsWith(Claimed + "\n{");
        await Assert.That(mission.Read().EventCount).IsEqualTo(2);
    }

    [Test]
    [Arguments("{\"event_id\": \"01JQ8Z")]
    [Arguments("{")]
    [Arguments("\0\0\0\0")]
    [Arguments("é\"")]
    public async Task A_torn_tail_is_moved_aside_and_kept(string tail)
    {
        using var mission = new MissionFolder(Claimed + "\n" + tail);
        using (var transaction = mission.Begin())
        {
            await Assert.That(transaction.Status.TornTailBytes).IsEqualTo(Encoding.UTF8.GetByteCount(tail));
        }

        await Assert.That(Encoding.UTF8.GetString(mission.Log)).IsEqualTo(Claimed + "\n" + tail);
        var outcome = mission.Append(Move("WP01", Lane.Claimed, Lane.InProgress));
        await Assert.That(Encoding.UTF8.GetString(mission.Log)).StartsWith(Claimed + "\n{\"actor\"");
        await Assert.That(mission.Read().TornTailBytes).IsEqualTo(0);
        string aside = Directory.GetFiles(mission.Folder, "status.events.jsonl.torn-*").Single();
        await Assert.That(File.ReadAllText(aside)).IsEqualTo(tail);
        await Assert.That(outcome.Warnings.Single()).IsEqualTo(
            $"kitty-specs/077-m/status.events.jsonl ended in an incomplete row of {Encoding.UTF8.GetByteCount(tail)} bytes, which was moved to kitty-specs/077-m/{Path.GetFileName(aside)}");
    }

    [Test]
    public async Task A_log_that_is_one_torn_row_becomes_a_log()
    {
        using var mission = new MissionFolder("{\"actor\": ");
        mission.Append(Move("WP01", Lane.Planned, Lane.Claimed));
        await Assert.That(mission.Read().EventCount).IsEqualTo(1);
        await Assert.That(Directory.GetFiles(mission.Folder, "*.torn-*").Length).IsEqualTo(1);
    }

    [Test]
    public async Task A_corrupt_log_is_not_begun_with()
    {
        using var mission = new MissionFolder("x\n" + Claimed + "\n");
        var before = mission.Log;
        var failure = StatusTransaction.Begin(mission.Place, new Deadline(10_000)).Failure!;
        await Assert.That(failure.Code).IsEqualTo(ErrorCode.EventLogCorrupt);
        await Assert.That(Rows.Where(failure).Path).IsEqualTo(mission.Place.LogPath);
        await Assert.That(mission.Log.AsSpan().SequenceEqual(before)).IsTrue();
        await Assert.That(Directory.GetFiles(mission.Folder).Length).IsEqualTo(1);
    }

    [Test]
    public async Task New_rows_sort_after_a_future_one()
    {
        foreach (string future in (string[])["2999-01-01T00:00:00+00:00", "2999-01-01T00:00:00Z", "2999", "9998-W1"])
        {
            using var mission = new MissionFolder(Rows.Lane("WP01", "planned", "claimed", future, "7ZZZZZZZZZ0000000000000000") + "\n");
            mission.Append(Move("WP01", Lane.Claimed, Lane.InProgress));
            mission.Append(Move("WP01", Lane.InProgress, Lane.ForReview));
            await Assert.That(mission.Read().LaneOf("WP01")).IsEqualTo(Lane.ForReview);
        }
    }

    [Test]
    public async Task After_the_last_time_nothing_is_written_and_the_row_is_named()
    {
        foreach (string last in (string[])["9999-12-31T23:59:59.999999+00:00", "garbage"])
        {
            using var mission = new MissionFolder(Claimed + "\n\n" + Rows.Lane("WP02", "planned", "claimed", last, Rows.Id(2)) + "\n");
            var before = mission.Log;
            using var transaction = mission.Begin();
            var failure = transaction.Append([Move("WP01", Lane.Claimed, Lane.InProgress)]).Failure!;
            await Assert.That(failure.Code).IsEqualTo(ErrorCode.EventLogCorrupt);
            await Assert.That(failure.Effect).IsEqualTo(Effect.None);
            await Assert.That(Rows.Where(failure).Line).IsEqualTo(3);
            await Assert.That(Rows.Where(failure).Offset).IsEqualTo(Claimed.Length + 2);
            await Assert.That(Rows.Where(failure).Detail).IsEqualTo("no time sorts after the row's 'at'");
            await Assert.That(mission.Log.AsSpan().SequenceEqual(before)).IsTrue();
        }
    }

    [Test]
    public async Task A_log_that_changed_without_the_lock_is_left_alone()
    {
        foreach (var change in (Action<string>[])[
            path => File.AppendAllText(path, Rows.Lane("WP09", "planned", "claimed", id: Rows.Id(9)) + "\n"),
            path => File.WriteAllText(path, ""),
            path => { File.Copy(path, path + "2"); File.Move(path + "2", path, overwrite: true); },
            File.Delete])
        {
            using var mission = new MissionFolder(Claimed + "\n");
            using var transaction = mission.Begin();
            change(mission.Place.LogPath);
            string? before = File.Exists(mission.Place.LogPath) ? File.ReadAllText(mission.Place.LogPath) : null;
            var failure = transaction.Append([Move("WP01", Lane.Claimed, Lane.InProgress)]).Failure!;
            await Assert.That(failure.Code).IsEqualTo(ErrorCode.IoFailed);
            await Assert.That(failure.Effect).IsEqualTo(Effect.None);
            await Assert.That(failure.Retryable).IsTrue();
            await Assert.That(File.Exists(mission.Place.LogPath) ? File.ReadAllText(mission.Place.LogPath) : null).IsEqualTo(before);
        }
    }

    [Test]
    public async Task A_log_that_appeared_without_the_lock_is_left_alone()
    {
        using var mission = new MissionFolder();
        using var transaction = mission.Begin();
        File.WriteAllText(mission.Place.LogPath, Claimed + "\n");
        var failure = transaction.Append([Move("WP01", Lane.Planned, Lane.Claimed)]).Failure!;
        await Assert.That(failure.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(mission.Read().EventCount).IsEqualTo(1);
    }

    [Test]
    public async Task Links_that_lead_out_are_not_written_through()
    {
        using var outside = new TemporaryFolder();
        using var mission = new MissionFolder();
        File.WriteAllText(outside["log"], Claimed + "\n");
        File.CreateSymbolicLink(mission.Place.LogPath, outside["log"]);
        await Assert.That(StatusTransaction.Begin(mission.Place, new Deadline(10_000)).Failure!.Code).IsEqualTo(ErrorCode.IoFailed);
        File.Delete(mission.Place.LogPath);

        // A link to what is not there yet.
        File.CreateSymbolicLink(mission.Place.LogPath, outside["new"]);
        using (var transaction = mission.Begin())
        {
            await Assert.That(transaction.Append([Move("WP01", Lane.Planned, Lane.Claimed)]).Failure!.Code).IsEqualTo(ErrorCode.IoFailed);
        }

        File.Delete(mission.Place.LogPath);
        File.CreateSymbolicLink(mission.Place.SnapshotPath, outside["snapshot"]);
        mission.Append(Move("WP01", Lane.Planned, Lane.Claimed));
        await Assert.That(Directory.GetFiles(outside.Path).Single()).IsEqualTo(outside["log"]);
        await Assert.That(File.ReadAllText(outside["log"])).IsEqualTo(Claimed + "\n");
    }

    [Test]
    public async Task Links_inside_the_project_are_followed()
    {
        using var mission = new MissionFolder();
        File.WriteAllText(mission.Project["elsewhere"], Claimed + "\n");
        File.CreateSymbolicLink(mission.Place.LogPath, "../../elsewhere");
        mission.Append(Move("WP01", Lane.Claimed, Lane.InProgress));
        await Assert.That(File.ReadAllText(mission.Project["elsewhere"])).StartsWith(Claimed + "\n{");
    }

    [Test]
    public async Task What_is_no_file_is_refused_without_waiting()
    {
        using var mission = new MissionFolder();
        Commands.Run("mkfifo", mission.Place.LogPath);
        await Assert.That(StatusTransaction.Begin(mission.Place, new Deadline(10_000)).Failure!.Code).IsEqualTo(ErrorCode.IoFailed);
        File.Delete(mission.Place.LogPath);
        Directory.CreateDirectory(mission.Place.LogPath);
        await Assert.That(StatusTransaction.Begin(mission.Place, new Deadline(10_000)).Failure!.Code).IsEqualTo(ErrorCode.IoFailed);

        // And the lock is free again.
        Directory.Delete(mission.Place.LogPath);
        mission.Append(Move("WP01", Lane.Planned, Lane.Claimed));
    }

    [Test]
    public async Task A_snapshot_that_cannot_be_written_is_a_warning()
    {
        using var mission = new MissionFolder();
        Directory.CreateDirectory(mission.Place.SnapshotPath + "/x");
        var outcome = mission.Append(Move("WP01", Lane.Planned, Lane.Claimed));
        await Assert.That(outcome.Warnings.Single()).StartsWith("kitty-specs/077-m/status.json could not be written: ").And.EndsWith("; the event log has the change");
        await Assert.That(mission.Read().LaneOf("WP01")).IsEqualTo(Lane.Claimed);
        await Assert.That(Directory.GetFileSystemEntries(mission.Folder).Length).IsEqualTo(2);
    }

    [Test]
    public async Task The_snapshot_is_what_a_fresh_read_gives()
    {
        using var mission = new MissionFolder(Claimed);
        mission.Append(Move("WP02", Lane.Planned, Lane.Claimed), Move("WP02", Lane.Claimed, Lane.InProgress));
        mission.Append(Move("WP01", Lane.Claimed, Lane.Blocked) with { Force = true });
        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).IsEqualTo(Encoding.UTF8.GetString(SnapshotDocument.Write(mission.Read(), mission.Place.Identity).Span));
    }

    [Test]
    [Arguments(null)]
    [Arguments("{\"torn\": ")]
    public async Task Several_appends_of_one_transaction_are_one_log(string? log)
    {
        using var mission = new MissionFolder(log);
        using (var transaction = mission.Begin())
        {
            for (int i = 0; i < 20; i++)
            {
                transaction.Append([Move("WP0" + (i % 3), Lane.Planned, (Lane)(i % 10))]).Try(out _, out var failure);
                await Assert.That(failure).IsNull();
                await Assert.That(transaction.Append([new Annotation { WpId = "WP01", Actor = "a", Note = "n" }]).Failure).IsNull();
                await Assert.That(Rows.Describe(transaction.Status)).IsEqualTo(Rows.Describe(mission.Read()));
            }
        }

        await Assert.That(mission.Read().EventCount).IsEqualTo(20);
    }

    [Test]
    public async Task Notes_are_rows_that_move_nothing()
    {
        using var mission = new MissionFolder(Claimed + "\n");
        using (var transaction = mission.Begin())
        {
            await Assert.That(transaction.Append([new Annotation { WpId = "WP01", Actor = "é", Note = "- [t] é: n" }]).Failure).IsNull();
        }

        string row = Encoding.UTF8.GetString(mission.Log).Split('\n')[1];
        await Assert.That(row).StartsWith("{\"actor\": \"\\u00e9\", \"at\": \"").And.EndsWith("\", \"kind\": \"annotation\", \"wp_id\": \"WP01\"}").And.Contains("\"delta\": {\"note\": \"- [t] \\u00e9: n\"}, ");
        await Assert.That(mission.Read().EventCount).IsEqualTo(1);
    }

    [Test]
    public async Task What_was_appended_can_be_taken_back()
    {
        foreach (string? log in (string?[])[null, "", Claimed, Claimed + "\n"])
        {
            using var mission = new MissionFolder(log);
            if (log is not null)
            {
                File.WriteAllText(mission.Place.SnapshotPath, "old");
            }

            var before = mission.Tree();
            using var transaction = mission.Begin();
            await Assert.That(transaction.Append([Move("WP01", Lane.Planned, Lane.Blocked)]).Failure).IsNull();
            await Assert.That(transaction.TakeBack()).IsNull();
            await Assert.That(mission.Tree()).IsEqualTo(before);
            await Assert.That(transaction.Status.LaneOf("WP01")).IsEqualTo(log is null or "" ? Lane.Planned : Lane.Claimed);
            await Assert.That(transaction.TakeBack()).IsNull();
        }
    }

    [Test]
    public async Task What_others_appended_behind_is_not_taken_back()
    {
        using var mission = new MissionFolder(Claimed + "\n");
        using var transaction = mission.Begin();
        await Assert.That(transaction.Append([Move("WP01", Lane.Claimed, Lane.Blocked)]).Failure).IsNull();
        File.AppendAllText(mission.Place.LogPath, Rows.Lane("WP09", "planned", "claimed", id: Rows.Id(9)) + "\n");
        var failure = transaction.TakeBack()!;
        await Assert.That(failure.Effect).IsEqualTo(Effect.Committed);
        await Assert.That(mission.Read().EventCount).IsEqualTo(3);
    }

    [Test]
    public async Task The_lock_is_held_until_the_end()
    {
        using var mission = new MissionFolder();
        using (mission.Begin())
        {
            await Assert.That(FileLock.Acquire(mission.Place.LockPath, "m", 0, new Deadline(1000)).Failure!.Code).IsEqualTo(ErrorCode.LockTimeout);

            // Reads need no lock.
            await Assert.That(mission.Read().EventCount).IsEqualTo(0);
        }

        FileLock.Acquire(mission.Place.LockPath, "m", 0, new Deadline(1000)).Try(out var held, out _);
        held!.Dispose();
    }

    [Test]
    public async Task A_deadline_that_is_over_changes_nothing()
    {
        using var mission = new MissionFolder(Claimed + "\n");
        var deadline = new Deadline(50);
        StatusTransaction.Begin(mission.Place, deadline).Try(out var transaction, out _);
        using (transaction)
        {
            while (!deadline.IsOver)
            {
                Posix.Sleep(1_000_000);
            }

            var failure = transaction!.Append([Move("WP01", Lane.Claimed, Lane.Blocked)]).Failure!;
            await Assert.That(failure.Code).IsEqualTo(ErrorCode.DeadlineExceeded);
        }

        await Assert.That(mission.Read().EventCount).IsEqualTo(1);
    }

    [Test]
    public async Task No_row_of_many_writers_is_lost()
    {
        using var mission = new MissionFolder();
        const int Writers = 8, Each = 25;
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            for (int i = 0; i < Each; i++)
            {
                using var transaction = mission.Begin();
                string wp = $"WP{writer:D2}";
                var from = transaction.Status.LaneOf(wp);
                var append = transaction.Append([Move(wp, from, (Lane)(i % 10)), Move(wp, (Lane)(i % 10), (Lane)((i + 1) % 10))]);
                if (append.Failure is { } failure)
                {
                    throw new InvalidOperationException(failure.Message);
                }
            }
        });
        var status = mission.Read();
        await Assert.That(status.EventCount).IsEqualTo(Writers * Each * 2);

        // Every row starts where the one before it for its work package ended, in the order of the file and of the times.
        var lanes = new Dictionary<string, string>();
        string previous = "";
        foreach (string line in Encoding.UTF8.GetString(mission.Log).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var row = JsonDocument.Parse(line);
            string wp = row.RootElement.GetProperty("wp_id").GetString()!;
            string at = row.RootElement.GetProperty("at").GetString()! + row.RootElement.GetProperty("event_id").GetString();
            await Assert.That(row.RootElement.GetProperty("from_lane").GetString()).IsEqualTo(lanes.GetValueOrDefault(wp, "planned"));
            await Assert.That(string.CompareOrdinal(previous, at)).IsLessThan(0);
            lanes[wp] = row.RootElement.GetProperty("to_lane").GetString()!;
            previous = at;
        }
    }

    [Test]
    public async Task Reads_never_fail_while_others_write()
    {
        using var mission = new MissionFolder(Claimed + "\n");
        var stop = new System.Threading.ManualResetEventSlim();
        var readers = Task.Run(() =>
        {
            int reads = 0, last = 1;
            while (!stop.IsSet)
            {
                var status = mission.Read();
                if (status.EventCount < last)
                {
                    throw new InvalidOperationException("a row disappeared");
                }

                last = status.EventCount;
                reads++;
            }

            return reads;
        });
        for (int i = 0; i < 60; i++)
        {
            mission.Append([.. Enumerable.Range(0, 50).Select(n => Move($"WP{n:D2}", Lane.Planned, Lane.Claimed) with { Reason = new string('x', 500) })]);
        }

        stop.Set();
        await Assert.That(await readers).IsGreaterThan(0);
        await Assert.That(mission.Read().EventCount).IsEqualTo(3001);
    }

    [Test]
    [NotInParallel]
    public async Task A_write_that_does_not_fit_leaves_the_log_as_it_was()
    {
        Signals.Watch();
        string ballast = string.Concat(Enumerable.Repeat(new string(' ', 65_535) + "\n", 64));
        foreach (string log in (string[])[ballast + Claimed + "\n", ballast + Claimed, ballast + Claimed + "\n{\"torn\": "])
        {
            // Nothing fits, one byte fits, and so on to all but one.
            foreach (int room in (int[])[0, 1, 30, 300, 700])
            {
                using var mission = new MissionFolder(log);
                string before = mission.Tree();
                using var transaction = mission.Begin();
                Failure? failure;
                using (new FileSizeLimit(log.Length + room))
                {
                    failure = transaction.Append([Move("WP01", Lane.Claimed, Lane.InProgress) with { Reason = new string('x', 500) }]).Failure;
                }

                await Assert.That(failure!.Code).IsEqualTo(ErrorCode.IoFailed);
                await Assert.That(failure.Effect).IsEqualTo(Effect.None);
                await Assert.That(failure.Retryable).IsTrue();
                await Assert.That(mission.Tree()).IsEqualTo(before);
            }
        }
    }

    private static LaneMove Move(string wp, Lane from, Lane to) => new() { WpId = wp, From = from, To = to, Actor = "a" };
}
