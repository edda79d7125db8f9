using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using SpecKitty.Reliability.Harness;

namespace SpecKitty.Load;

/// <summary>One process, from its start to its end.</summary>
/// <param name="Milliseconds">Wall time.</param>
/// <param name="CpuMilliseconds">Processor time of it and its children.</param>
/// <param name="Status">Exit status.</param>
/// <param name="Output">What it wrote to stdout.</param>
internal sealed record Call(double Milliseconds, double CpuMilliseconds, int Status, string Output)
{
    public bool Succeeded => Status == 0;

    /// <summary>Starts a program with posix_spawn, which costs little and the same whatever the driver's size, and waits for it.</summary>
    public static unsafe Call Run(IReadOnlyList<string> argv, string directory, IReadOnlyList<string> environment)
    {
        int* pipe = stackalloc int[2];
        if (Native.Pipe(pipe, Native.CloseOnExec) != 0)
        {
            throw new InvalidOperationException("no descriptors left for a pipe");
        }

        // Larger than glibc's own type on every architecture.
        byte* actions = stackalloc byte[512];
        Native.ActionsInit(actions);
        var strings = new NativeStrings();
        Native.ActionsOpen(actions, 0, strings.Text("/dev/null"), 0, 0);
        Native.ActionsDuplicate(actions, pipe[1], 1);
        Native.ActionsOpen(actions, 2, strings.Text("/dev/null"), 1, 0);
        Native.ActionsChangeDirectory(actions, strings.Text(directory));
        int pid;
        long started = Stopwatch.GetTimestamp();
        int error = Native.Spawn(&pid, strings.Text(argv[0]), actions, null, strings.List(argv), strings.List(environment));
        Native.Close(pipe[1]);
        Native.ActionsDestroy(actions);
        strings.Free();
        if (error != 0)
        {
            throw new InvalidOperationException($"cannot start {argv[0]}: errno {error}");
        }

        string output = ReadAll(pipe[0]);
        Native.Close(pipe[0]);
        int status = 0;

        // struct rusage: user and system time first, each in seconds and microseconds.
        long* usage = stackalloc long[18];
        while (Native.Wait(pid, &status, 0, usage) < 0)
        {
        }

        double wall = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return new Call(wall, ((usage[0] + usage[2]) * 1000) + ((usage[1] + usage[3]) / 1000.0), (status & 0x7F) != 0 ? 128 + (status & 0x7F) : status >> 8, output);
    }

    private static unsafe string ReadAll(int descriptor)
    {
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        while (true)
        {
            nint read;
            fixed (byte* p = buffer)
            {
                read = Native.Read(descriptor, p + length, (nuint)(buffer.Length - length));
            }

            if (read <= 0)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }

            length += (int)read;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, length * 2);
            }
        }
    }
}
