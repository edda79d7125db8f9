using System;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>How a call waits for a mission's lock: in the kernel's queue, so that who came first gets it first, and never longer than told (docs/adr/0005).</summary>
[NotInParallel]
public sealed class LockTests
{
    [Test]
    public async Task A_waiter_stands_in_the_kernels_queue_instead_of_asking_again_and_again()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await Tracer.RequireAsync(sandbox);
        using var held = new HeldLock(mission.LockPath);
        sandbox.Environment["SPEC_KITTY_LOCK_TIMEOUT_MS"] = "700";

        var (call, lines) = await Tracer.TraceOnlyAsync(
            sandbox, "trace=flock,nanosleep,clock_nanosleep,?timer_create", "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        call.Fails("LOCK_TIMEOUT");
        await Assert.That(lines.Where(line => line.Contains("nanosleep", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(lines.Count(line => line.StartsWith("flock", StringComparison.Ordinal))).IsBetween(2, 5);
    }

    [Test]
    [Arguments("--block-signal=ALRM")]
    [Arguments("--ignore-signal=ALRM")]
    public async Task A_caller_that_wants_no_alarm_is_not_left_waiting(string option)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        using var held = new HeldLock(mission.LockPath);
        sandbox.Environment["SPEC_KITTY_LOCK_TIMEOUT_MS"] = "300";
        string[] argv = ["start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid];

        var result = await Spawn.RunAsync("env", [option, await PublishedExecutable.PathAsync(), "orchestrator-api", .. argv], sandbox.Root, sandbox.Environment);

        new Call(argv, result).Fails("LOCK_TIMEOUT");
    }
}
