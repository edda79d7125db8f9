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
                using var scene = mutation.Arrange();
                int first = Tracing.OwnCalls(mutation)[call];
                var aftermath = new Aftermath(mutation, scene);
                string trace = scene.Top + ".trace";
                var holder = scene.Call(mutation.Argv(scene), Tracing.Disturb(trace, call, "signal=SIGSTOP", first), [.. mutation.Environment, "SPEC_KITTY_DEADLINE_MS=2000"]).Start();
                int stopped = WaitForStop(holder);
                if (stopped == 0)
                {
                    report.Case("it did not stop", $"{mutation.Name} at {call}");
                    holder.Finish();
                    continue;
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
                Native.SleepMicroseconds(options.Scale == Scale.Long ? 60_000_000 : 1_200_000);
                Native.Kill(stopped, Native.SigContinue);
                var answered = holder.Finish();
                File.Delete(trace);
                report.Case(aftermath.Answered(answered) ?? aftermath.Again(), $"{mutation.Name} at {call}: the holder goes on, its deadline over", answered);
            }
        }

        report.Figure("LOCK_TIMEOUT of 400 ms at the latest after", latest.ToString("F0", CultureInfo.InvariantCulture) + " ms");
    }

    /// <summary>Waits until the traced process is stopped; its id, or 0 if it never stops.</summary>
    private static int WaitForStop(RunningCall strace)
    {
        for (int tries = 0; tries < MostLooks; tries++, Native.SleepMicroseconds(2000))
        {
            foreach (string child in Read($"/proc/{strace.Pid}/task/{strace.Pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // Before it starts the call, strace tries out what the kernel can with children of its own, which stop and are gone again.
                if (IsCall(child) && Stays(child))
                {
                    return int.Parse(child, CultureInfo.InvariantCulture);
                }
            }
        }

        return 0;
    }

    private static bool IsCall(string process) => Read($"/proc/{process}/cmdline").StartsWith(Scene.Templates.Binary + "\0", StringComparison.Ordinal);

    /// <summary>t is a stop that the tracer sees and may be about to end; in a group stop it stays.</summary>
    private static bool Stays(string process)
    {
        for (int i = 0; i < 10; i++, Native.SleepMicroseconds(3000))
        {
            string stat = Read($"/proc/{process}/stat");
            if (stat.Length == 0 || stat[stat.LastIndexOf(')') + 2] is not ('T' or 't'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A file of /proc; empty when its process is gone.</summary>
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
