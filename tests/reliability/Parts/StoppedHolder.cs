using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// A process stops in the middle of its append, with the lock in its hand. Whoever waits answers LOCK_TIMEOUT in time, reads go on, and
/// when the process goes on its answer is true.
/// </summary>
internal sealed class StoppedHolder : Part
{
    private const int Waiters = 8;
    private const int LockTimeout = 400;
    private const int ShortestDeadline = 2_000;
    private const int LongestDeadline = 32_000;

    /// <summary>Two milliseconds and more each: half a minute of a busy machine at least.</summary>
    private const int MostLooks = 15_000;

    public override string Name => "stopped-holder";

    public override string Subject => "SIGSTOP of a process that holds the lock; 8 wait, reads go on";

    public override void Run(Options options, Report report)
    {
        double latest = 0;
        foreach (string call in new[] { "write", "fdatasync", "renameat" })
        {
            foreach (var mutation in Mutations.OfStatus.Where(m => options.Scale != Scale.Sample || m.Name == "transition"))
            {
                int first = Tracing.OwnCalls(mutation)[call];

                // On a busy machine a deadline may be over before the call has come that far: then it gets a longer one.
                int deadline = ShortestDeadline;
                while (!Try(options, report, mutation, call, first, deadline, ref latest))
                {
                    deadline *= 2;
                }
            }
        }

        report.Figure("LOCK_TIMEOUT of 400 ms at the latest after", latest.ToString("F0", CultureInfo.InvariantCulture) + " ms");
    }

    /// <summary>One holder. Returns false if its deadline ended before it had the lock and stopped, which says nothing.</summary>
    private static bool Try(Options options, Report report, Mutation mutation, string call, int first, int deadline, ref double latest)
    {
        using var scene = mutation.Arrange();
        var aftermath = new Aftermath(mutation, scene);
        string trace = scene.Top + ".trace", limit = "SPEC_KITTY_DEADLINE_MS=" + deadline.ToString(CultureInfo.InvariantCulture);
        var holder = scene.Call(mutation.Argv(scene), Tracing.Disturb(trace, call, "signal=SIGSTOP", first), [.. mutation.Environment, limit]).Start();
        long over = Launch.Now() + ((deadline + 100) * 1_000_000L);
        int stopped = WaitForStop(holder, trace);
        if (stopped == 0 || !HeldLock.IsTaken(scene))
        {
            _ = stopped == 0 ? 0 : Native.Kill(stopped, Native.SigContinue);
            var early = holder.Finish();
            File.Delete(trace);
            if (early.Envelope.Reason == "DEADLINE_EXCEEDED" && deadline < LongestDeadline)
            {
                return false;
            }

            report.Case("it did not stop with the lock", $"{mutation.Name} at {call}", early);
            return true;
        }

        var waiters = Enumerable.Range(0, Waiters).Select(i => scene.Call(Calls.Force("WP02", "blocked", "w" + i, "w" + i), null, "SPEC_KITTY_LOCK_TIMEOUT_MS=" + LockTimeout).Start()).ToList();
        var read = scene.Call(Calls.State()).Run();
        report.Case(read.Succeeded ? null : "a read waits or fails", $"{mutation.Name} at {call}: mission-state meanwhile", read);
        foreach (var answer in waiters.Select(w => w.Finish()))
        {
            latest = Math.Max(latest, answer.Milliseconds);
            report.Case(
                answer.Envelope.Reason != "LOCK_TIMEOUT" ? "not LOCK_TIMEOUT" : answer.Envelope.Effect != "none" || answer.Envelope.Flag("retryable") != true ? "effect or retryable"
                    : answer.Milliseconds < LockTimeout - 20 ? "too early" : null,
                $"{mutation.Name} at {call}: a waiter", answer);
        }

        // A call whose own deadline ends before the lock does gives up at the deadline.
        var hurried = scene.Call(Calls.Force("WP02", "blocked", "h", "h"), null, "SPEC_KITTY_DEADLINE_MS=300", "SPEC_KITTY_LOCK_TIMEOUT_MS=60000").Run();
        report.Case(
            hurried.Envelope.Reason is "DEADLINE_EXCEEDED" ? null : "the deadline does not hold", $"{mutation.Name} at {call}: a waiter with a deadline of 300 ms", hurried);
        Native.SleepMicroseconds(options.Scale == Scale.Long ? 60_000_000 : (int)Math.Max(0, (over - Launch.Now()) / 1000));
        Native.Kill(stopped, Native.SigContinue);
        var answered = holder.Finish();
        File.Delete(trace);
        report.Case(aftermath.Answered(answered) ?? aftermath.Again(), $"{mutation.Name} at {call}: the holder goes on, its deadline over", answered);
        return true;
    }

    /// <summary>
    /// Waits until strace says that the call has stopped; the call's id, or 0 if it never stops. The state that the kernel tells is the same at every system call that
    /// strace looks at, and on a busy machine for as long.
    /// </summary>
    private static int WaitForStop(RunningCall strace, string trace)
    {
        for (int tries = 0; tries < MostLooks && !HasEnded(strace.Pid); tries++, Native.SleepMicroseconds(2000))
        {
            if (Read(trace).Contains("--- stopped by SIGSTOP ---", StringComparison.Ordinal))
            {
                string call = Read($"/proc/{strace.Pid}/task/{strace.Pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).First(IsCall);
                return int.Parse(call, CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }

    private static bool HasEnded(int process) => Read($"/proc/{process}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] == 'Z';

    private static bool IsCall(string process) => Read($"/proc/{process}/cmdline").StartsWith(Scene.Templates.Binary + "\0", StringComparison.Ordinal);

    /// <summary>A file; empty where there is none, or its process is gone.</summary>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
