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

/// <summary>What an append makes durable before what, and what it does about a writer that does not take the lock.</summary>
internal sealed class AppendOrderTests
{
    private static readonly string Row = Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:01+00:00", Rows.Id(1));
    private static readonly string Foreign = Rows.Lane("WP09", "planned", "claimed", "2026-01-01T00:00:09+00:00", Rows.Id(9)) + "\n";

    [Test]
    [Arguments(null, "write fdatasync fsync")]
    [Arguments("", "write fdatasync")]
    [Arguments("{\"torn\": ", "write fsync fsync ftruncate write fdatasync")]
    public async Task Bytes_are_durable_before_they_are_acknowledged_or_their_old_place_is_given_up(string? tail, string order)
    {
        using var mission = new MissionFolder(tail is null ? null : Row + "\n" + tail);
        using var transaction = mission.Begin();
        Failure? failure = null;
        var made = SystemCalls.During(() => failure = Append(transaction), static (_, _) => 0);
        await Assert.That(failure).IsNull();

        // Until the status.json that nobody trusts.
        await Assert.That(string.Join(' ', made.TakeWhile(static name => name != "fchmod").Where(static name => name is "write" or "ftruncate" or "fsync" or "fdatasync"))).StartsWith(order);
    }

    [Test]
    [Arguments(null, "fsync")]
    [Arguments("", "fdatasync")]
    public async Task What_is_taken_back_is_gone_for_good(string? log, string sync)
    {
        using var mission = new MissionFolder(log is null ? null : Row + "\n");
        using var transaction = mission.Begin();
        await Assert.That(Append(transaction)).IsNull();
        Failure? failure = null;
        var made = SystemCalls.During(() => failure = transaction.TakeBack(), static (_, _) => 0);
        await Assert.That(failure).IsNull();
        await Assert.That(string.Join(' ', made.Where(static name => name is "ftruncate" or "fsync" or "fdatasync"))).IsEqualTo("ftruncate " + sync);
    }

    [Test]
    public async Task A_write_that_fails_says_why_and_one_that_comes_up_short_says_how_much()
    {
        using var mission = new MissionFolder(Row + "\n");
        using var transaction = mission.Begin();
        Failure? failed = null, cut = null;
        SystemCalls.During(() => failed = Append(transaction), static (_, name) => name == "write" ? Errno.NoSpace : 0);
        SystemCalls.During(() => cut = Append(transaction), static (_, name) => name == "write" ? SystemCalls.Half : 0);
        await Assert.That(failed!.Message).EndsWith(new FileError(Errno.NoSpace).Text);
        await Assert.That(Append(transaction)).IsNull();
        int row = mission.Log.Length - Row.Length - 1;
        await Assert.That(cut!.Message).EndsWith(Messages.WriteShort($"{row / 2}", $"{row}"));
    }

    [Test]
    [Arguments("{\"torn\": ")]
    [Arguments("")]
    public async Task A_row_that_someone_adds_without_the_lock_is_never_lost(string tail)
    {
        foreach (int fault in (int[])[0, Errno.NoSpace, SystemCalls.Half])
        {
            foreach (bool takesBack in (bool[])[false, true])
            {
                for (int nth = 0; ; nth++)
                {
                    using var mission = new MissionFolder(Row + "\n" + tail, isInMemory: true);
                    using var transaction = mission.Begin();
                    Failure? failure = null;
                    bool isAdded = false, isFailing = false;
                    var made = SystemCalls.During(
                        () => failure = Append(transaction) ?? (takesBack ? transaction.TakeBack() : null),
                        (i, name) =>
                        {
                            // Between a look at the length and the cut nobody can see it: what does not take the lock has that chance.
                            if (i >= nth && !isAdded && name != "ftruncate")
                            {
                                isAdded = true;
                                File.AppendAllText(mission.Place.LogPath, "\n" + Foreign);
                            }

                            if (name == "write" && !isFailing && !takesBack)
                            {
                                // The log's own write: what goes beside it does not come first where there is no tail.
                                isFailing = tail.Length == 0;
                                return isFailing ? fault : 0;
                            }

                            return 0;
                        });
                    if (nth >= made.Count)
                    {
                        break;
                    }

                    string which = $"before call {nth} of {string.Join(' ', made)}, {fault}: {failure?.Message}";
                    string log = File.ReadAllText(mission.Place.LogPath);
                    if (isAdded)
                    {
                        await Assert.That(log).StartsWith(Row + "\n").And.Contains(Foreign).Because(which);
                    }

                    if (isFailing && fault == Errno.NoSpace)
                    {
                        // Of what was not written at all nothing can be there, whatever others did.
                        await Assert.That(failure?.Effect).IsEqualTo(Effect.None).Because(which);
                    }

                    if (failure is { Effect: Effect.None })
                    {
                        await Assert.That(log).DoesNotContain("\"actor\": \"ours\"").Because(which);
                    }
                    else if (failure is null or { Effect: Effect.Committed } && (!takesBack || failure is not null))
                    {
                        await Assert.That(log).Contains("\"actor\": \"ours\"").Because(which);
                    }

                    if (failure is null && !takesBack)
                    {
                        bool isRead = StatusLog.Read(mission.Place.ProjectRoot, mission.Place.LogRelativePath).Try(out var fresh, out _);
                        await Assert.That(isRead && fresh!.LaneOf("WP01") == Lane.Blocked).IsTrue().Because(which);
                    }
                }
            }
        }
    }

    [Test]
    public async Task A_move_that_someone_without_the_lock_has_overtaken_is_not_called_done()
    {
        using var mission = new MissionFolder(Row + "\n");
        using var transaction = mission.Begin();
        Failure? failure = null;
        bool isWritten = false, isAdded = false;
        SystemCalls.During(
            () => failure = Append(transaction),
            (_, name) =>
            {
                if (isWritten && !isAdded)
                {
                    File.AppendAllText(mission.Place.LogPath, Rows.Lane("WP01", "blocked", "canceled", "2999-01-01T00:00:00+00:00", Rows.Id(9)) + "\n");
                    isAdded = true;
                }

                isWritten |= name == "write";
                return 0;
            });
        await Assert.That(failure?.Message).IsEqualTo(Messages.LogChangedAfter(mission.Place.LogRelativePath));
        await Assert.That(failure!.Effect).IsEqualTo(Effect.Committed);
        await Assert.That(transaction.Status.LaneOf("WP01")).IsEqualTo(Lane.Canceled);
    }

    [Test]
    public async Task Bringing_the_end_in_order_is_durable_or_fails()
    {
        foreach (string log in (string[])[Row + "\n", Row, Row + "\n{\"torn\": ", Row + "\n{"])
        {
            for (int nth = 0; ; nth++)
            {
                using var mission = new MissionFolder(log, isInMemory: true);
                using var transaction = mission.Begin();
                Failure? failure = null;
                string movedTo = "?";
                var made = SystemCalls.During(() => failure = transaction.Tidy(out movedTo), (i, _) => i == nth ? Errno.InputOutput : 0);
                string after = Encoding.UTF8.GetString(mission.Log);
                string which = $"call {nth} of {string.Join(' ', made)}: {failure?.Message}";
                if (failure is null)
                {
                    await Assert.That(after).IsEqualTo(Row + "\n").Because(which);
                    await Assert.That(movedTo.Length == 0 ? "" : File.ReadAllText(movedTo)).IsEqualTo(log.Length > Row.Length ? log[(Row.Length + 1)..] : "").Because(which);
                }
                else
                {
                    await Assert.That(failure.Effect == Effect.Indeterminate).IsEqualTo(made[nth] == "fdatasync").Because(which);
                    await Assert.That(failure.Effect != Effect.None || after == log).IsTrue().Because(which);
                    await Assert.That(failure.Effect != Effect.None || Directory.GetFiles(mission.Folder).Length == 1).IsTrue().Because(which);
                }

                await Assert.That(failure is not null || !made.Contains("write") || made.Contains("fdatasync")).IsTrue().Because(which);
                if (nth >= made.Count)
                {
                    break;
                }
            }
        }
    }

    private static Failure? Append(StatusTransaction transaction) =>
        transaction.Append([new LaneMove { WpId = "WP01", From = Lane.Claimed, To = Lane.Blocked, Actor = "ours", Force = true }]).Failure;
}
