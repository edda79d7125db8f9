using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Runtime.Tests.Status;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Faults;

/// <summary>status.json where a commit is to follow, and may fail: it comes back with the log, whatever does not work by then, and nothing is left beside the lock.</summary>
internal sealed class SnapshotFaultTests
{
    private const string Old = "old";

    [Test]
    public async Task What_was_there_is_put_back_although_nothing_fits_any_more()
    {
        using var mission = Mission();
        using (var transaction = mission.Begin())
        {
            await Assert.That(Append(transaction).Warnings).IsEmpty();
            Failure? failure = null;
            SystemCalls.During(() => failure = transaction.TakeBack(), static (_, name) => name == "write" ? Errno.NoSpace : 0);
            await Assert.That(failure).IsNull();
        }

        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).IsEqualTo(Old);
        await Assert.That(BesideTheLock(mission)).IsEmpty();
    }

    [Test]
    public async Task What_was_kept_is_gone_with_the_transaction()
    {
        using var mission = Mission();
        using (var transaction = mission.Begin())
        {
            Append(transaction);
        }

        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).IsEqualTo(Document(mission));
        await Assert.That(BesideTheLock(mission)).IsEmpty();
    }

    [Test]
    public async Task What_a_killed_call_kept_is_not_what_is_put_back()
    {
        using var mission = Mission();
        Directory.CreateDirectory(Path.GetDirectoryName(mission.Place.KeptSnapshotPath)!);
        File.WriteAllText(mission.Place.KeptSnapshotPath, "of a killed call");
        using (var transaction = mission.Begin())
        {
            Append(transaction);
            Failure? failure = null;
            SystemCalls.During(() => failure = transaction.TakeBack(), static (_, name) => name == "write" ? Errno.NoSpace : 0);
            await Assert.That(failure).IsNull();
        }

        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).IsEqualTo(Old);
        await Assert.That(BesideTheLock(mission)).IsEmpty();
    }

    [Test]
    [Arguments("linkat", Errno.AccessDenied)]
    [Arguments("renameat", Errno.InputOutput)]
    public async Task Where_it_cannot_be_kept_or_moved_it_is_written_again(string call, int error)
    {
        using var mission = Mission();
        bool isAppended = false, isFailed = false;
        using (var transaction = mission.Begin())
        {
            Failure? failure = null;
            SystemCalls.During(
                () =>
                {
                    Append(transaction);
                    isAppended = true;
                    failure = transaction.TakeBack();
                },
                (_, name) =>
                {
                    bool fails = name == call && (name == "linkat" || (isAppended && !isFailed));
                    isFailed |= fails;
                    return fails ? error : 0;
                });
            await Assert.That(isFailed).IsTrue();
            await Assert.That(failure).IsNull();
        }

        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).IsEqualTo(Old);
        await Assert.That(BesideTheLock(mission)).IsEmpty();
    }

    [Test]
    public async Task What_could_not_be_put_back_is_not_called_put_back_the_next_time_it_is_tried()
    {
        using var mission = Mission();
        using var transaction = mission.Begin();
        Append(transaction);
        Failure? first = null, second = null;
        SystemCalls.During(() => first = transaction.TakeBack(), static (_, name) => name == "renameat" ? Errno.InputOutput : 0);
        SystemCalls.During(() => second = transaction.TakeBack(), static (_, name) => name == "renameat" ? Errno.InputOutput : 0);
        await Assert.That(first?.Effect).IsEqualTo(Effect.Indeterminate);
        await Assert.That(second?.Effect).IsEqualTo(Effect.Indeterminate);
        await Assert.That(transaction.TakeBack()).IsNull();
        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).IsEqualTo(Old);
    }

    [Test]
    public async Task Written_at_the_second_try_it_is_no_matter_for_a_warning()
    {
        using var mission = Mission();
        int renamed = 0;
        using (var transaction = mission.Begin())
        {
            AppendOutcome? outcome = null;
            SystemCalls.During(() => outcome = Append(transaction), (_, name) => name == "renameat" && renamed++ == 0 ? Errno.InputOutput : 0);
            await Assert.That(outcome!.Warnings).IsEmpty();
        }

        await Assert.That(renamed).IsEqualTo(2);
        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).IsEqualTo(Document(mission));
    }

    [Test]
    public async Task What_could_not_be_replaced_stays_and_nothing_is_left()
    {
        using var mission = Mission();
        using (var transaction = mission.Begin())
        {
            AppendOutcome? outcome = null;
            SystemCalls.During(() => outcome = Append(transaction), static (_, name) => name == "renameat" ? Errno.InputOutput : 0);
            await Assert.That(outcome!.Warnings.Single()).Contains("status.json could not be written");
            await Assert.That(transaction.TakeBack()).IsNull();
        }

        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).IsEqualTo(Old);
        await Assert.That(BesideTheLock(mission)).IsEmpty();
    }

    private static MissionFolder Mission()
    {
        var mission = new MissionFolder(isCommitted: true);
        File.WriteAllText(mission.Place.SnapshotPath, Old);
        return mission;
    }

    private static AppendOutcome Append(StatusTransaction transaction) =>
        transaction.Append([new LaneMove { WpId = "WP01", From = Lane.Planned, To = Lane.Claimed, Actor = "a" }]).Try(out var outcome, out var failure)
            ? outcome
            : throw new InvalidOperationException(failure.Message);

    private static string Document(MissionFolder mission) => Encoding.UTF8.GetString(SnapshotDocument.Write(mission.Read(), mission.Place.Identity).Span);

    private static string[] BesideTheLock(MissionFolder mission) =>
        [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(mission.Place.LockPath)!).Where(path => path != mission.Place.LockPath)];
}
