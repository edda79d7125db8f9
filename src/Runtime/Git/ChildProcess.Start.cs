using System;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <content>Starting one: posix_spawn(3), which costs a fraction of what <c>System.Diagnostics.Process</c> does.</content>
internal sealed unsafe partial class ChildProcess
{
    /// <summary>Starts a program.</summary>
    /// <param name="path">Absolute path of the executable.</param>
    /// <param name="arguments">argv, the program's name first.</param>
    /// <param name="environment">envp.</param>
    /// <param name="hasInput">Whether it is given something to read; otherwise it reads /dev/null.</param>
    /// <param name="inherited">A descriptor that it gets as its fourth.</param>
    /// <param name="deadline">When its whole group is ended.</param>
    /// <param name="isInterruptible">Whether a signal to this process ends it too, if it does not end by itself soon.</param>
    public static Result<ChildProcess> Start(string path, NativeStrings arguments, NativeStrings environment, bool hasInput, int? inherited, Deadline deadline, bool isInterruptible)
    {
        SpawnNative.PrepareSignals();
        int childInput = -1, input = -1, output = -1, childOutput = -1, error = -1, childError = -1;
        int problem = hasInput ? SpawnNative.Pipe(out childInput, out input) : 0;
        if (problem >= 0)
        {
            problem = SpawnNative.Pipe(out output, out childOutput);
        }

        if (problem >= 0)
        {
            problem = SpawnNative.Pipe(out error, out childError);
        }

        int pid = 0;
        if (problem >= 0)
        {
            problem = -Spawn(path, arguments, environment, childInput, childOutput, childError, inherited, out pid);
        }

        Close(ref childInput);
        Close(ref childOutput);
        Close(ref childError);
        if (problem < 0)
        {
            Close(ref input);
            Close(ref output);
            Close(ref error);
            return FileErrors.ToFailure("start", path, problem);
        }

        if (input >= 0)
        {
            SpawnNative.SetNonBlocking(input);
        }

        SpawnNative.SetNonBlocking(output);
        SpawnNative.SetNonBlocking(error);
        Started++;
        return new ChildProcess(pid, input, output, error, deadline, isInterruptible);
    }

    /// <summary>0, or the error number.</summary>
    private static int Spawn(string path, NativeStrings arguments, NativeStrings environment, int input, int output, int error, int? inherited, out int pid)
    {
        byte* actions = stackalloc byte[SpawnNative.OpaqueSize];
        byte* attributes = stackalloc byte[SpawnNative.OpaqueSize];
        // sigset_t: 1024 bits in glibc, fewer in musl.
        ulong* none = stackalloc ulong[16];
        ulong* all = stackalloc ulong[16];
        int started = 0;
        int problem = FirstOf(SpawnNative.EmptySet(none), SpawnNative.FillSet(all), SpawnNative.RemoveFromSet(all, Signals.FileSizeExceeded), SpawnNative.InitActions(actions), SpawnNative.InitAttributes(attributes));
        fixed (byte* program = Encoding.UTF8.GetBytes(path + "\0"))
        fixed (byte* nothing = "/dev/null\0"u8)
        {
            // The runtime ignores some signals and blocks others; a child begins like one that a shell starts, and leads a group of its own. But a git that a
            // limit on file sizes ended would leave its locks, where one whose write fails takes them away.
            problem = FirstOf(
                problem,
                input >= 0 ? SpawnNative.AddDuplicate(actions, input, 0) : SpawnNative.AddOpen(actions, 0, nothing, OpenFlags.ReadOnly, 0),
                SpawnNative.AddDuplicate(actions, output, 1),
                SpawnNative.AddDuplicate(actions, error, 2),
                inherited is { } descriptor ? SpawnNative.AddDuplicate(actions, descriptor, 3) : 0,
                SpawnNative.SetFlags(attributes, SpawnNative.SetProcessGroup | SpawnNative.SetSignalDefaults | SpawnNative.SetSignalMask),
                SpawnNative.SetGroup(attributes, 0),
                SpawnNative.SetDefaults(attributes, all),
                SpawnNative.SetMask(attributes, none));
            if (problem == 0)
            {
                problem = SpawnNative.Spawn(&started, program, actions, attributes, arguments.Pointers, environment.Pointers);
            }
        }

        _ = SpawnNative.DestroyActions(actions);
        _ = SpawnNative.DestroyAttributes(attributes);
        pid = started;
        return problem;
    }

    /// <summary>The first that is not 0.</summary>
    private static int FirstOf(params ReadOnlySpan<int> answers)
    {
        int at = answers.IndexOfAnyExcept(0);
        return at < 0 ? 0 : answers[at];
    }
}
