using System;
using System.Collections.Generic;
using System.Text;

namespace SpecKitty.Reliability.Harness;

/// <summary>What to run, and where.</summary>
internal sealed class Launch
{
    /// <summary>The program, looked up in PATH when it has no slash, and its arguments.</summary>
    public required IReadOnlyList<string> Argv { get; init; }

    public required string Directory { get; init; }

    /// <summary>The whole environment, as NAME=value.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Longest wait for the end, in milliseconds; then the process is killed and the answer says that it hung.</summary>
    public int Patience { get; init; } = 90_000;

    /// <summary>Whether it leads a process group of its own, so that a kill can reach its children too.</summary>
    public bool OwnGroup { get; init; }

    /// <summary>Descriptors 0, 1, 2 that are closed at the start, as a bit mask.</summary>
    public int Closed { get; init; }

    /// <summary>Whether its largest resident set is looked at every millisecond.</summary>
    public bool WatchesMemory { get; init; }

    /// <summary>What stdin reads; null for /dev/null.</summary>
    public string? StandardInputFile { get; init; }

    /// <summary>Where stdout goes instead of the pipe.</summary>
    public string? StandardOutputFile { get; init; }

    /// <summary>Starts it.</summary>
    public unsafe RunningCall Start()
    {
        int* output = stackalloc int[2];
        int* errors = stackalloc int[2];
        if (Native.Pipe(output, Native.CloseOnExec) != 0 || Native.Pipe(errors, Native.CloseOnExec) != 0)
        {
            throw new InvalidOperationException("no descriptors left for a pipe");
        }

        // Larger than glibc's own types on every architecture.
        byte* actions = stackalloc byte[512];
        byte* attributes = stackalloc byte[1024];
        byte* set = stackalloc byte[256];
        Native.ActionsInit(actions);
        Native.AttributesInit(attributes);
        var strings = new NativeStrings();
        try
        {
            Native.ActionsOpen(actions, 0, strings.Text(StandardInputFile ?? "/dev/null"), 0, 0);
            if (StandardOutputFile is { } file)
            {
                Native.ActionsOpen(actions, 1, strings.Text(file), 1, 0);
            }
            else
            {
                Native.ActionsDuplicate(actions, output[1], 1);
            }

            Native.ActionsDuplicate(actions, errors[1], 2);
            for (int i = 0; i < 3; i++)
            {
                if ((Closed & (1 << i)) != 0)
                {
                    Native.ActionsClose(actions, i);
                }
            }

            Native.ActionsChangeDirectory(actions, strings.Text(Directory));

            // The driver's runtime ignores SIGPIPE; a process that inherits that is not the one a caller starts.
            Native.FillSet(set);
            Native.AttributesDefaultSignals(attributes, set);
            Native.EmptySet(set);
            Native.AttributesMask(attributes, set);
            const short SetGroup = 2, SetDefault = 4, SetMask = 8;
            Native.AttributesFlags(attributes, (short)(SetDefault | SetMask | (OwnGroup ? SetGroup : 0)));
            int pid;
            long started = Now();
            int error = Native.Spawn(&pid, strings.Text(Argv[0]), actions, attributes, strings.List(Argv), strings.List(Environment));
            Native.Close(output[1]);
            Native.Close(errors[1]);
            if (error != 0)
            {
                Native.Close(output[0]);
                Native.Close(errors[0]);
                throw new InvalidOperationException($"cannot start {Argv[0]}: errno {error}");
            }

            return new RunningCall(this, pid, output[0], errors[0], started);
        }
        finally
        {
            Native.ActionsDestroy(actions);
            Native.AttributesDestroy(attributes);
            strings.Free();
        }
    }

    /// <summary>Starts it and waits for its end.</summary>
    public Answer Run() => Start().Finish();

    /// <summary>Monotonic nanoseconds.</summary>
    public static long Now() => System.Diagnostics.Stopwatch.GetTimestamp() * (1_000_000_000 / System.Diagnostics.Stopwatch.Frequency);

    /// <summary>The command line for a person who wants to repeat it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (string argument in Argv)
        {
            text.Append(text.Length == 0 ? "" : " ");
            text.Append(argument.Length > 120 ? argument[..120] + "…" : argument);
        }

        return text.ToString();
    }
}
