using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Runtime.Tests.Faults;
using SpecKitty.Status;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class StatusCheckpointTests
{
    [Test]
    public async Task After_a_mutation_only_the_rows_behind_the_checkpoint_are_read()
    {
        using var mission = LongMission();
        await Assert.That(Read(mission).Checkpoint).IsNull();
        mission.Append(Move("WP01", Lane.Claimed));
        long end = new FileInfo(mission.Place.LogPath).Length;
        await Assert.That(Read(mission).Checkpoint!.End.Offset).IsEqualTo(end);
        mission.Append(Move("WP02", Lane.Claimed));
        mission.Append(Move("WP02", Lane.InProgress));
        var status = Read(mission);
        await Assert.That(status.Checkpoint!.End.Offset).IsEqualTo(end);
        await Assert.That(Everything(status)).IsEqualTo(Everything(mission.Read()));
        using var transaction = mission.Begin();
        await Assert.That(transaction.Status.Checkpoint!.End.Offset).IsEqualTo(end);
    }

    [Test]
    public async Task Many_rows_behind_the_checkpoint_make_a_new_one()
    {
        using var mission = LongMission();
        mission.Append(Move("WP01", Lane.Claimed));
        long first = Read(mission).Checkpoint!.End.Offset;
        var ends = new List<long>();
        for (int i = 0; i < 20; i++)
        {
            mission.Append(Move("WP01", Lane.InProgress) with { Reason = new string('x', StatusCheckpoint.LongestTail / 10) });
            ends.Add(Read(mission).Checkpoint!.End.Offset);
        }

        await Assert.That(ends.Distinct().Count()).IsBetween(2, 4);
        await Assert.That(ends[5]).IsEqualTo(first);
        await Assert.That(new FileInfo(mission.Place.LogPath).Length - ends[^1]).IsLessThan(StatusCheckpoint.LongestTail + 3_000);
    }

    [Test]
    public async Task A_short_log_has_no_checkpoint()
    {
        using var mission = new MissionFolder(Rows.Lane("WP01", "planned", "claimed") + "\n");
        mission.Append(Move("WP01", Lane.InProgress));
        await Assert.That(Directory.GetFiles(LocksOf(mission)).Select(f => Path.GetFileName(f)).Single()).IsEqualTo("077-m.status.lock");
    }

    [Test]
    public async Task Whatever_happens_to_the_log_without_us_makes_all_of_it_be_read()
    {
        foreach (var change in (Action<string>[])[
            path => File.AppendAllText(path, Rows.Lane("WP09", "planned", "claimed", id: Rows.Id(9)) + "\n"),
            path => Overwrite(path, "\"WP03\"", "\"WP04\""),
            path => Overwrite(path, "\"wp_id\": \"WP01\"}", "\"wp_id\": \"WP07\"}"),
            path => { Overwrite(path, "\"WP03\"", "\"WP04\""); File.SetLastWriteTimeUtc(path, DateTime.UtcNow); },
            path => { File.Copy(path, path + "2"); File.Move(path + "2", path, overwrite: true); },
            path => { byte[] all = File.ReadAllBytes(path); File.Delete(path); File.WriteAllBytes(path, all); },
            path => { byte[] all = File.ReadAllBytes(path); File.WriteAllBytes(path, all); },
            path => { using var file = new FileStream(path, FileMode.Open); file.SetLength(file.Length - 10); },
            path => { using var file = new FileStream(path, FileMode.Open); file.SetLength(file.Length - 10); file.SetLength(file.Length + 10); },
            path => File.AppendAllText(path, "{\"torn"),
            path => File.SetLastWriteTimeUtc(path, DateTime.UtcNow)])
        {
            using var mission = LongMission();
            mission.Append(Move("WP01", Lane.Claimed));
            mission.Append(Move("WP01", Lane.InProgress));
            await Assert.That(Read(mission).Checkpoint).IsNotNull();
            change(mission.Place.LogPath);
            var read = StatusLog.Read(mission.Place.ProjectRoot, mission.Place.LogRelativePath, () => mission.Place.CheckpointPath);
            await Assert.That(read.Try(out var status, out _) ? status.Checkpoint : null).IsNull();
            await Assert.That(Everything(read)).IsEqualTo(Everything(ReadAll(mission)));
        }
    }

    [Test]
    public async Task A_checkpoint_with_any_byte_changed_is_not_used()
    {
        using var mission = LongMission();
        mission.Append(Move("WP01", Lane.Claimed));
        byte[] good = File.ReadAllBytes(mission.Place.CheckpointPath);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(mission.Place.CheckpointPath, bad);
            await Assert.That(Locked(mission).Checkpoint).IsNull();
        }

        File.WriteAllBytes(mission.Place.CheckpointPath, good);
        await Assert.That(Locked(mission).Checkpoint).IsNotNull();
    }

    [Test]
    public async Task A_torn_checkpoint_is_not_used()
    {
        using var mission = LongMission();
        mission.Append(Move("WP01", Lane.Claimed));
        byte[] good = File.ReadAllBytes(mission.Place.CheckpointPath);
        for (int length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(mission.Place.CheckpointPath, good[..length]);
            await Assert.That(Locked(mission).Checkpoint).IsNull();
        }

        File.WriteAllBytes(mission.Place.CheckpointPath, [.. good, 0]);
        await Assert.That(Locked(mission).Checkpoint).IsNull();
    }

    [Test]
    public async Task A_checkpoint_that_others_can_write_is_not_used_and_replaced()
    {
        using var mission = LongMission();
        mission.Append(Move("WP01", Lane.Claimed));
        foreach (var mode in (UnixFileMode[])[UnixFileMode.GroupWrite, UnixFileMode.OtherWrite])
        {
            File.SetUnixFileMode(mission.Place.LogPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            mission.Append(Move("WP01", Lane.InProgress));
            await Assert.That(Read(mission).Checkpoint).IsNotNull();
            File.SetUnixFileMode(mission.Place.CheckpointPath, File.GetUnixFileMode(mission.Place.CheckpointPath) | mode);
            await Assert.That(Read(mission).Checkpoint).IsNull();
            mission.Append(Move("WP01", Lane.InProgress));
            await Assert.That(Read(mission).Checkpoint).IsNotNull();
        }
    }

    [Test]
    public async Task A_link_in_place_of_the_checkpoint_is_not_followed()
    {
        using var mission = LongMission();
        mission.Append(Move("WP01", Lane.Claimed));
        string elsewhere = mission.Project["elsewhere"];
        File.Move(mission.Place.CheckpointPath, elsewhere);
        File.CreateSymbolicLink(mission.Place.CheckpointPath, elsewhere);
        byte[] before = File.ReadAllBytes(elsewhere);
        await Assert.That(Read(mission).Checkpoint).IsNull();
        mission.Append(Move("WP01", Lane.InProgress));
        await Assert.That(Read(mission).Checkpoint).IsNotNull();
        await Assert.That(File.ReadAllBytes(elsewhere).AsSpan().SequenceEqual(before)).IsTrue();
    }

    [Test]
    public async Task An_older_checkpoint_put_back_is_not_used()
    {
        using var mission = LongMission();
        mission.Append(Move("WP01", Lane.Claimed));
        byte[] old = File.ReadAllBytes(mission.Place.CheckpointPath);
        mission.Append(Move("WP01", Lane.InProgress));
        File.WriteAllBytes(mission.Place.CheckpointPath, old);
        await Assert.That(Read(mission).Checkpoint).IsNull();
    }

    [Test]
    public async Task A_checkpoint_that_cannot_be_written_fails_nothing_and_leaves_nothing()
    {
        using var mission = LongMission();
        Directory.CreateDirectory(mission.Place.CheckpointPath + "/in-the-way");
        var outcome = mission.Append(Move("WP01", Lane.Claimed));
        await Assert.That(outcome.Warnings).IsEmpty();
        await Assert.That(Read(mission).LaneOf("WP01")).IsEqualTo(Lane.Claimed);
        await Assert.That(Directory.GetFileSystemEntries(LocksOf(mission)).Select(f => Path.GetFileName(f)).Order()).IsEquivalentTo(["077-m.status.checkpoint", "077-m.status.lock"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_mutation_in_a_torn_log_leaves_no_checkpoint_that_holds()
    {
        using var mission = LongMission();
        mission.Append(Move("WP01", Lane.Claimed));
        File.AppendAllText(mission.Place.LogPath, "{\"torn");
        mission.Append(Move("WP01", Lane.InProgress));
        await Assert.That(Read(mission).Checkpoint).IsNull();
        mission.Append(Move("WP01", Lane.ForReview));
        await Assert.That(Read(mission).Checkpoint).IsNotNull();
        await Assert.That(Everything(Read(mission))).IsEqualTo(Everything(mission.Read()));
    }

    [Test]
    public async Task A_log_that_changed_while_a_mutation_decided_gets_no_checkpoint()
    {
        using var mission = LongMission();
        using (var transaction = mission.Begin())
        {
            Overwrite(mission.Place.LogPath, "\"WP03\"", "\"WP04\"");
            await Assert.That(transaction.Append([Move("WP01", Lane.Claimed)]).Failure).IsNull();
        }

        await Assert.That(File.Exists(mission.Place.CheckpointPath)).IsFalse();
        await Assert.That(Read(mission).HasEvents("WP04")).IsTrue();
    }

    [Test]
    public async Task Taking_an_append_back_takes_its_checkpoint_out_of_use()
    {
        using var mission = LongMission();
        using (var transaction = mission.Begin())
        {
            await Assert.That(transaction.Append([Move("WP01", Lane.Claimed)]).Failure).IsNull();
            await Assert.That(transaction.TakeBack()).IsNull();
        }

        await Assert.That(Read(mission).HasEvents("WP01")).IsTrue();
        await Assert.That(Everything(Read(mission))).IsEqualTo(Everything(mission.Read()));
    }

    [Test]
    public async Task Two_appends_of_one_transaction_keep_the_checkpoint_in_use()
    {
        using var mission = LongMission();
        using (var transaction = mission.Begin())
        {
            await Assert.That(transaction.Append([Move("WP01", Lane.Claimed)]).Failure).IsNull();
            await Assert.That(transaction.Append([Move("WP01", Lane.InProgress)]).Failure).IsNull();
        }

        await Assert.That(Read(mission).Checkpoint).IsNotNull();
        await Assert.That(Everything(Read(mission))).IsEqualTo(Everything(mission.Read()));
    }

    /// <summary>For the moment between the two the checkpoint is that of a shorter log.</summary>
    [Test]
    public async Task A_read_between_an_append_and_its_stamp_waits_for_it_unless_it_has_the_lock()
    {
        using var mission = LongMission(4 * StatusCheckpoint.LeastLog);
        mission.Append(Move("WP01", Lane.Claimed));
        byte[] before = File.ReadAllBytes(mission.Place.CheckpointPath);
        mission.Append(Move("WP01", Lane.InProgress));
        byte[] stamped = File.ReadAllBytes(mission.Place.CheckpointPath);

        File.WriteAllBytes(mission.Place.CheckpointPath, before);
        StatusCheckpoint? found = null;
        SystemCalls.During(() => found = Read(mission).Checkpoint, StampsOnce(mission, stamped));
        await Assert.That(found).IsNotNull();

        // Nobody else can be about to stamp it.
        File.WriteAllBytes(mission.Place.CheckpointPath, before);
        SystemCalls.During(() => found = Locked(mission).Checkpoint, StampsOnce(mission, stamped));
        await Assert.That(found).IsNull();
    }

    /// <summary>Has the stamp come right after the checkpoint was first looked at and closed again.</summary>
    private static Func<int, string, int> StampsOnce(MissionFolder mission, byte[] stamped)
    {
        bool isRead = false, isClosed = false, isStamped = false;
        return (_, name) =>
        {
            if (isClosed && !isStamped)
            {
                File.WriteAllBytes(mission.Place.CheckpointPath, stamped);
                isStamped = true;
            }

            isClosed |= isRead && name == "close";
            isRead |= name == "pread";
            return 0;
        };
    }

    [Test]
    public async Task Reading_a_longer_log_takes_no_more_memory()
    {
        using var mission = new MissionFolder("");
        var allocated = new List<long>();
        for (int size = 0; size < 3; size++)
        {
            File.AppendAllText(mission.Place.LogPath, string.Concat(Enumerable.Range(size * 4000, 4000).Select(i =>
                Rows.Lane("WP0" + (i % 9), "planned", "claimed", $"2026-01-01T{i / 3600:D2}:{i / 60 % 60:D2}:{i % 60:D2}+00:00", Rows.Id(i)) + "\n")));
            for (int again = 0; again < 2; again++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                mission.Read();
                allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }

        await Assert.That(allocated[^1]).IsLessThanOrEqualTo(allocated[1]);
    }

    /// <summary>Everything that may happen to a log and its checkpoint, by us and by others, in any order: reading with it is reading without it.</summary>
    [Test]
    public void With_the_checkpoint_a_log_is_what_it_is_without_it()
    {
        int used = 0;
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                using var mission = LongMission();
                using var other = LongMission();
                other.Append(Move("WP01", Lane.Claimed));
                var kept = new List<byte[]> { File.ReadAllBytes(other.Place.CheckpointPath) };
                Directory.CreateDirectory(LocksOf(mission));
                for (int step = 0; step < 12; step++)
                {
                    Disturb(mission, random, kept);
                    var read = StatusLog.Read(mission.Place.ProjectRoot, mission.Place.LogRelativePath, () => mission.Place.CheckpointPath);
                    used += read.Try(out var status, out _) && status.Checkpoint is not null ? 1 : 0;
                    if (Everything(read) != Everything(ReadAll(mission)))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 60,
            threads: 1);
        if (used < 60)
        {
            throw new InvalidOperationException($"the checkpoint was used {used} times only");
        }
    }

    /// <summary>A state that was kept takes further rows as the one that was not; where it cannot, it says so.</summary>
    [Test]
    public void A_kept_state_goes_on_like_the_one_it_was_made_of()
    {
        int continued = 0;
        Gen.Select(Gen.Int, Gen.Int[0, 300], Gen.Int[0, 30]).Sample(
            (seed, before, behind) =>
            {
                var random = new Random(seed);
                bool isOrderly = random.Next(3) > 0;
                var rows = new List<string>();
                for (int i = 0; i < before + behind; i++)
                {
                    rows.Add(AnyRow(random, isOrderly ? i : random.Next(before + behind)));
                }

                var first = Rows.Good(Rows.Log([.. rows[..before]]));
                var image = new ImageWriter();
                first.Reducer.Save(image);
                var reader = new ImageReader(image.Written);
                var loaded = Reducer.Load(ref reader);
                if (!reader.IsAtGoodEnd || Everything(new MissionStatus(loaded), isWhole: false) != Everything(first, isWhole: false))
                {
                    return false;
                }

                using var rest = new EventLogReader(Rows.Log([.. rows[before..]]), first.EndPosition);
                bool isRead = rest.Read(loaded, out bool isComplete) == 0 && isComplete;
                continued += isRead ? 1 : 0;
                return !isRead || Everything(new MissionStatus(loaded), isWhole: false) == Everything(Rows.Good(Rows.Log([.. rows])), isWhole: false);
            },
            iter: 3_000,
            threads: 1);
        if (continued < 1_000)
        {
            throw new InvalidOperationException($"it went on {continued} times only");
        }
    }

    /// <summary>Bytes that are no image, or part of one, are refused, whatever they are.</summary>
    [Test]
    public void Any_bytes_can_be_read_as_a_state()
    {
        var image = new ImageWriter();
        Rows.Good([.. Enumerable.Range(0, 200).Select(i => AnyRow(new Random(i), i))]).Reducer.Save(image);
        byte[] good = image.Written.ToArray();
        Gen.Select(Gen.Int[0, good.Length], Gen.Int[0, good.Length - 1], Gen.Byte).Sample(
            (length, at, value) =>
            {
                byte[] bytes = [.. good];
                bytes[at] = value;
                var reader = new ImageReader(bytes.AsSpan(0, length));
                var reducer = Reducer.Load(ref reader);
                return !reader.IsAtGoodEnd || Everything(new MissionStatus(reducer), isWhole: false).Length > 0;
            },
            iter: 20_000);
    }

    [Test]
    public async Task A_state_that_has_a_work_package_twice_or_one_that_nobody_moved_is_refused()
    {
        var image = new ImageWriter();
        Rows.Good(Rows.Lane("WP01", "planned", "claimed", id: Rows.Id(1), actor: "\"nobody\""), Rows.Lane("WP02", "planned", "claimed", id: Rows.Id(2))).Reducer.Save(image);
        byte[] good = image.Written.ToArray();
        await Assert.That(IsState(good)).IsTrue();
        byte[] twice = [.. good];
        twice[twice.AsSpan().IndexOf("WP02"u8) + 3] = (byte)'1';
        await Assert.That(IsState(twice)).IsFalse();
        int actor = good.AsSpan().IndexOf("\"nobody\""u8);
        await Assert.That(IsState([.. good[..(actor - sizeof(int))], 0, 0, 0, 0, .. good[(actor + "\"nobody\"".Length)..]])).IsFalse();
    }

    [Test]
    public async Task A_state_in_which_a_note_about_subtasks_says_nothing_is_refused()
    {
        var image = new ImageWriter();
        Rows.Good($$$$"""{"kind": "annotation", "event_id": "{{{{Rows.Id(1)}}}}", "wp_id": "WP01", "at": "{{{{Rows.Time}}}}", "actor": "a", "delta": {"subtasks": {"T1": "done"}}}""").Reducer.Save(image);
        byte[] good = image.Written.ToArray();
        await Assert.That(IsState(good)).IsTrue();
        int subtasks = good.AsSpan().IndexOf("{\"T1\""u8);
        await Assert.That(IsState([.. good[..(subtasks - sizeof(int))], 0, 0, 0, 0, .. good[(subtasks + "{\"T1\": \"done\"}".Length)..]])).IsFalse();
    }

    private static bool IsState(byte[] bytes)
    {
        var reader = new ImageReader(bytes);
        Reducer.Load(ref reader);
        return reader.IsAtGoodEnd;
    }

    private static LaneMove Move(string wp, Lane to) => new() { WpId = wp, From = Lane.Planned, To = to, Actor = "me" };

    private static string LocksOf(MissionFolder mission) => Path.GetDirectoryName(mission.Place.LockPath)!;

    /// <summary>A log that is long enough for a checkpoint by a row of another writer, and has rows of each kind.</summary>
    private static MissionFolder LongMission(int length = StatusCheckpoint.LeastLog) => new(
        $$"""{"event_type": "Padding", "text": "{{new string('x', length)}}"}""" + "\n"
        + Rows.Lane("WP01", "genesis", "planned", "2026-01-01T00:00:00+00:00", Rows.Id(1)) + "\n"
        + Rows.Lane("WP03", "genesis", "planned", "2026-01-01T00:00:00+00:00", Rows.Id(2)) + "\n"
        + string.Concat(Enumerable.Range(3, 30).Select(i => AnyRow(new Random(i), i) + "\n")));

    private static MissionStatus Read(MissionFolder mission) =>
        StatusLog.Read(mission.Place.ProjectRoot, mission.Place.LogRelativePath, () => mission.Place.CheckpointPath).Try(out var status, out var failure)
            ? status
            : throw new InvalidOperationException(failure.Message);

    private static MissionStatus Locked(MissionFolder mission)
    {
        using var transaction = mission.Begin();
        return transaction.Status;
    }

    private static Result<MissionStatus> ReadAll(MissionFolder mission) => StatusLog.Read(mission.Place.ProjectRoot, mission.Place.LogRelativePath);

    /// <summary>Changes bytes in place; the length stays.</summary>
    private static void Overwrite(string path, string from, string to)
    {
        int at = File.ReadAllBytes(path).AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(from));
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Position = at;
        file.Write(Encoding.UTF8.GetBytes(to));
    }

    private static void Disturb(MissionFolder mission, Random random, List<byte[]> kept)
    {
        string log = mission.Place.LogPath, checkpoint = mission.Place.CheckpointPath;
        int size = (int)new FileInfo(log).Length;
        switch (random.Next(20))
        {
            case 0:
                File.AppendAllText(log, AnyRow(random, random.Next(100)) + (random.Next(5) == 0 ? "" : "\n"));
                break;
            case 1:
                using (var file = new FileStream(log, FileMode.Open, FileAccess.ReadWrite))
                {
                    // A digit of the last rows becomes another: of a time, an id, a work package.
                    file.Position = Math.Max(0, size - 1 - random.Next(2000));
                    int next = file.ReadByte();
                    if (next is >= '0' and <= '9')
                    {
                        file.Position--;
                        file.WriteByte((byte)('0' + random.Next(10)));
                    }
                }

                break;
            case 2:
                using (var file = new FileStream(log, FileMode.Open, FileAccess.Write))
                {
                    file.SetLength(size - random.Next(600));
                }

                break;
            case 3:
                File.Copy(log, log + "2");
                File.AppendAllText(log + "2", AnyRow(random, random.Next(100)) + "\n");
                File.Move(log + "2", log, overwrite: true);
                break;
            case 4:
                string[] lines = File.ReadAllLines(log);
                random.Shuffle(lines.AsSpan(1));
                File.WriteAllLines(log, lines);
                break;
            case 5 when File.Exists(checkpoint):
                kept.Add(File.ReadAllBytes(checkpoint));
                break;
            case 6:
                File.WriteAllBytes(checkpoint, kept[random.Next(kept.Count)]);
                break;
            case 7:
                File.Delete(checkpoint);
                break;
            case 8 when File.Exists(checkpoint):
                byte[] bytes = File.ReadAllBytes(checkpoint);
                bytes[random.Next(bytes.Length)]++;
                File.WriteAllBytes(checkpoint, bytes);
                break;
            default:
                // A log that one of the above has damaged refuses; that is not what is looked at here.
                if (StatusTransaction.Begin(mission.Place, new Deadline(60_000)).Try(out var transaction, out _))
                {
                    using (transaction)
                    {
                        string reason = random.Next(4) == 0 ? new string('r', StatusCheckpoint.LongestTail / 2) : "";
                        transaction.Append([Move("WP0" + random.Next(1, 9), (Lane)random.Next(Lanes.Count)) with { Reason = reason }]);
                    }
                }

                break;
        }
    }

    /// <summary>A row of any kind whose place in the order is that of <paramref name="number"/>, or near it.</summary>
    private static string AnyRow(Random random, int number)
    {
        string at = $"2026-01-01T00:{number / 60 % 60:D2}:{number % 60:D2}.5+00:00";
        string id = Rows.Id((number * 10) + random.Next(2));
        string wp = "WP0" + random.Next(1, 9);
        return random.Next(12) switch
        {
            0 => $$$$"""{"kind": "annotation", "event_id": "{{{{id}}}}", "wp_id": "{{{{wp}}}}", "at": "{{{{at}}}}", "actor": "a", "delta": {"subtasks": {"T00{{{{random.Next(3)}}}}": "done"}}}""",
            1 => $$$"""{"kind": "annotation", "event_id": "{{{id}}}", "wp_id": "{{{wp}}}", "at": "{{{at}}}", "actor": "a", "delta": {"subtasks": [{"id": "T001", "status": "{{{(random.Next(2) == 0 ? "done" : "open")}}}"}]}}""",
            2 => $$$"""{"event_name": "retrospective.{{{((string[])["requested", "completed", "failed", "proposal.generated", "proposal.applied"])[random.Next(5)]}}}", "at": "{{{at}}}", "event_id": "{{{id}}}", "payload": {"mode": "{{{random.Next(3)}}}", "record_path": "r{{{number}}}"}}""",
            3 => """{"event_type": "Other"}""",
            4 => "",
            _ => Rows.Lane(
                wp, Lanes.Name((Lane)random.Next(Lanes.Count)), Lanes.Name((Lane)random.Next(Lanes.Count)), at, id, "\"a" + random.Next(3) + '"', random.Next(5) == 0 ? "true" : "false",
                random.Next(3) == 0 ? "\"r\"" : "null", "s" + random.Next(2)),
        };
    }

    private static string Everything(Result<MissionStatus> read) =>
        read.Try(out var status, out var failure) ? Everything(status) : $"{failure.Message}|{(failure.Data is EventLogCorruptData where ? where.Offset : -1)}";

    private static string Everything(MissionStatus status, bool isWhole = true)
    {
        var reducer = status.Reducer;
        var text = new StringBuilder(Rows.Describe(status));
        text.Append(status.NewestAt).Append('|').Append(reducer.NewestPosition.Line).Append('|').Append(reducer.NewestPosition.Offset).Append('|')
            .Append(Encoding.UTF8.GetString(reducer.GreatestId)).Append('|');
        if (isWhole)
        {
            text.Append(status.TornTailBytes).Append('|').Append(status.LacksLineFeed).Append('|').Append(status.End).Append('|')
                .Append(status.EndPosition.Line).Append('|').Append(status.EndPosition.Offset).Append('\n');
        }

        for (int wp = 1; wp < 9; wp++)
        {
            text.Append(status.SubtaskState("WP0" + wp, "T000")).Append('|').Append(status.SubtaskState("WP0" + wp, "T001")).Append('|');
        }

        return text.Append(Encoding.UTF8.GetString(SnapshotDocument.Write(status, new Identity { MissionId = null, MissionSlug = "s", MissionNumber = null, MissionType = "software-dev" }).Span)).ToString();
    }
}
