using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Platform;

internal sealed class FileLockTests
{
    [Test]
    public async Task The_directories_are_made_and_the_file_stays()
    {
        using var folder = new TemporaryFolder();
        string path = folder["a/b/c/m.status.lock"];
        var taken = FileLock.Acquire(path, "m", 0, new Deadline(1000));
        await Assert.That(taken.Try(out var held, out _)).IsTrue();
        held!.Dispose();
        await Assert.That(File.Exists(path)).IsTrue();
    }

    [Test]
    public async Task A_second_taker_waits_no_longer_than_told()
    {
        using var folder = new TemporaryFolder();
        FileLock.Acquire(folder["l"], "m", 0, new Deadline(1000)).Try(out var held, out _);
        foreach (int timeout in (int[])[0, 30])
        {
            await Assert.That(FileLock.Acquire(folder["l"], "m", timeout, new Deadline(10_000)).Try(out _, out var failure)).IsFalse();
            await Assert.That(failure!.Code).IsEqualTo(ErrorCode.LockTimeout);
            await Assert.That(failure.Retryable).IsTrue();
            await Assert.That(failure.Effect).IsEqualTo(Effect.None);
            await Assert.That(failure.Message).Contains("'m' for " + timeout + " ms").And.Contains(folder["l"]);
        }

        await Assert.That(FileLock.Acquire(folder["l"], "m", 10_000, new Deadline(20)).Try(out _, out var exceeded)).IsFalse();
        await Assert.That(exceeded!.Code).IsEqualTo(ErrorCode.DeadlineExceeded);
        held!.Dispose();
        await Assert.That(FileLock.Acquire(folder["l"], "m", 0, new Deadline(1000)).Try(out held, out _)).IsTrue();
        held!.Dispose();
    }

    [Test]
    public async Task The_flock_of_another_process_counts()
    {
        using var folder = new TemporaryFolder();
        using var other = Process.Start(new ProcessStartInfo("flock", [folder["l"], "sh", "-c", "echo held; read x"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        other.StandardOutput.ReadLine();
        await Assert.That(FileLock.Acquire(folder["l"], "m", 20, new Deadline(10_000)).Failure!.Code).IsEqualTo(ErrorCode.LockTimeout);
        other.Kill(entireProcessTree: true);
        await Assert.That(FileLock.Acquire(folder["l"], "m", 10_000, new Deadline(10_000)).Try(out var held, out _)).IsTrue();
        held!.Dispose();
    }

    [Test]
    public async Task A_lock_file_deleted_while_waiting_is_not_taken_for_the_lock()
    {
        using var folder = new TemporaryFolder();
        FileLock.Acquire(folder["l"], "m", 0, new Deadline(1000)).Try(out var first, out _);
        var waiting = Task.Run(() => FileLock.Acquire(folder["l"], "m", 10_000, new Deadline(10_000)));
        File.Delete(folder["l"]);
        FileLock.Acquire(folder["l"], "m", 5_000, new Deadline(10_000)).Try(out var second, out _);
        first!.Dispose();
        second?.Dispose();
        await Assert.That((await waiting).Try(out var third, out _)).IsTrue();
        await Assert.That(FileLock.Acquire(folder["l"], "m", 0, new Deadline(1000)).Failure!.Code).IsEqualTo(ErrorCode.LockTimeout);
        third!.Dispose();
    }

    [Test]
    public async Task Only_one_holds_it_at_a_time()
    {
        using var folder = new TemporaryFolder();
        int inside = 0, seen = 0, most = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (int i = 0; i < 50; i++)
            {
                FileLock.Acquire(folder["l"], "m", 60_000, new Deadline(60_000)).Try(out var held, out var failure);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                seen++;
                Interlocked.Decrement(ref inside);
                held!.Dispose();
            }
        });
        await Assert.That(most).IsEqualTo(1);
        await Assert.That(seen).IsEqualTo(400);
    }

    [Test]
    public async Task A_place_that_cannot_be_made_is_an_io_failure()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["f"], "");
        await Assert.That(FileLock.Acquire(folder["f/l"], "m", 0, new Deadline(1000)).Failure!.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(FileLock.Acquire("/proc/no/l", "m", 0, new Deadline(1000)).Failure!.Code).IsEqualTo(ErrorCode.IoFailed);
    }
}
