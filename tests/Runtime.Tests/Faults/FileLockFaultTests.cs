using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Faults;

/// <summary>Waiting for the lock, and what may come between.</summary>
internal sealed class FileLockFaultTests
{
    [Test]
    [Arguments("flock")]
    [Arguments("statx")]
    public async Task A_lock_that_cannot_be_taken_says_why_and_leaves_nothing_open(string call)
    {
        using var folder = new TemporaryFolder();
        Failure? failure = null;
        SystemCalls.During(() => failure = FileLock.Acquire(folder["l"], "m", 1000, new Deadline(1000)).Failure, (_, name) => name == call ? Errno.InputOutput : 0);
        await Assert.That(failure?.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(failure!.Message).Contains(folder["l"]).And.Contains(new FileError(Errno.InputOutput).Text);
        await Assert.That(Directory.GetFileSystemEntries("/proc/self/fd").Any(fd => new FileInfo(fd).LinkTarget?.StartsWith(folder.Path, StringComparison.Ordinal) == true)).IsFalse();
    }

    [Test]
    public async Task Who_waits_sleeps_in_the_queue()
    {
        const int Few = 10;
        using var folder = new TemporaryFolder();
        using var held = Held(folder);
        Failure? failure = null;
        var made = SystemCalls.During(() => failure = FileLock.Acquire(folder["l"], "m", 200, new Deadline(10_000)).Failure, static (_, _) => 0);
        await Assert.That(failure?.Code).IsEqualTo(ErrorCode.LockTimeout);
        await Assert.That(made.Count(static name => name == "flock")).IsLessThan(Few);
    }

    [Test]
    [Arguments(1)]
    [Arguments(12)]
    public async Task Who_is_interrupted_goes_on_waiting_until_the_time_is_over(int interruptions)
    {
        using var folder = new TemporaryFolder();
        using var held = Held(folder);
        Failure? failure = null;
        int waits = 0;
        SystemCalls.During(
            () => failure = FileLock.Acquire(folder["l"], "m", 400, new Deadline(10_000)).Failure,
            (_, name) => name == "flock" && waits++ > 0 && waits <= interruptions + 1 ? Errno.Interrupted : 0);
        await Assert.That(waits).IsGreaterThan(interruptions + 1);
        await Assert.That(failure?.Code).IsEqualTo(ErrorCode.LockTimeout);
    }

    /// <summary>What interrupted it may have been a signal that is noted a moment later.</summary>
    [Test]
    public async Task Who_is_interrupted_looks_again_soon()
    {
        using var folder = new TemporaryFolder();
        using var held = Held(folder);
        int asked = 0;
        SystemCalls.During(() => _ = FileLock.Acquire(folder["l"], "m", 400, new Deadline(10_000)), (_, name) => name == "flock" && ++asked == 2 ? Errno.Interrupted : 0);

        // To try, to wait until interrupted, and to wait to the end would be three.
        await Assert.That(asked).IsGreaterThan(3);
    }

    [Test]
    public async Task Without_a_timer_it_is_asked_for_again_and_again()
    {
        using var folder = new TemporaryFolder();
        var held = Held(folder);
        Failure? failure = null;
        SystemCalls.During(() => failure = FileLock.Acquire(folder["l"], "m", 30, new Deadline(10_000)).Failure, static (_, name) => name == "timer_create" ? Errno.TryAgain : 0);
        await Assert.That(failure?.Code).IsEqualTo(ErrorCode.LockTimeout);

        FileLock? taken = null;
        int asked = 0;
        SystemCalls.During(
            () => FileLock.Acquire(folder["l"], "m", 60_000, new Deadline(60_000)).Try(out taken, out failure),
            (_, name) =>
            {
                if (name == "flock" && ++asked == 5)
                {
                    held.Dispose();
                }

                return name == "timer_create" ? Errno.TryAgain : 0;
            });
        await Assert.That(taken).IsNotNull();
        taken!.Dispose();
    }

    [Test]
    public async Task A_lock_file_that_is_deleted_again_and_again_ends_with_the_deadline()
    {
        using var folder = new TemporaryFolder();
        Failure? failure = null;
        SystemCalls.During(
            () => failure = FileLock.Acquire(folder["l"], "m", 10_000, new Deadline(50)).Failure,
            (_, name) =>
            {
                if (name == "statx")
                {
                    File.Delete(folder["l"]);
                }

                return 0;
            });
        await Assert.That(failure?.Code).IsEqualTo(ErrorCode.DeadlineExceeded);
    }

    private static FileLock Held(TemporaryFolder folder) =>
        FileLock.Acquire(folder["l"], "m", 0, new Deadline(1000)).Try(out var held, out var failure) ? held : throw new InvalidOperationException(failure.Message);
}
