using System;
using System.IO;
using System.Threading;

namespace SpecKitty.Reliability.Harness;

/// <summary>A process under way. <see cref="Finish"/> has to be called once.</summary>
internal sealed unsafe class RunningCall
{
    private const int LookAgain = 100;

    private readonly Launch _launch;
    private readonly int _output;
    private readonly int _errors;
    private readonly long _started;
    private readonly Lock _gate = new();
    private bool _reaped;

    public RunningCall(Launch launch, int pid, int output, int errors, long started)
    {
        _launch = launch;
        Pid = pid;
        _output = output;
        _errors = errors;
        _started = started;
    }

    public int Pid { get; }

    /// <summary>Sends a signal, unless the process has been waited for: its number may be another's by now.</summary>
    /// <param name="signal">The signal's number.</param>
    /// <param name="group">Whether the whole process group gets it.</param>
    public void Signal(int signal, bool group = false)
    {
        lock (_gate)
        {
            if (!_reaped)
            {
                _ = Native.Kill(group ? -Pid : Pid, signal);
            }
        }
    }

    /// <summary>Reads what it writes until it ends.</summary>
    public Answer Finish()
    {
        var output = new MemoryStream();
        var errors = new MemoryStream();
        byte[] buffer = new byte[65536];
        bool outputOpen = true, errorsOpen = true, hung = false, ended = false;
        int status = 0;
        long memory = 0;
        long end = Launch.Now() + (_launch.Patience * 1_000_000L);
        Native.PollEntry* entries = stackalloc Native.PollEntry[2];
        while (outputOpen || errorsOpen)
        {
            entries[0] = new Native.PollEntry { Descriptor = outputOpen ? _output : -1, Events = Native.PollIn };
            entries[1] = new Native.PollEntry { Descriptor = errorsOpen ? _errors : -1, Events = Native.PollIn };
            int ready = Native.Poll(entries, 2, ended ? 0 : _launch.WatchesMemory ? 1 : LookAgain);
            memory = _launch.WatchesMemory ? Math.Max(memory, Memory()) : 0;
            if (ready > 0)
            {
                outputOpen = outputOpen && (entries[0].Returned == 0 || Drain(_output, output, buffer));
                errorsOpen = errorsOpen && (entries[1].Returned == 0 || Drain(_errors, errors, buffer));
            }
            else if (ended)
            {
                // A child of its own holds the pipe; nothing more of ours will come.
                break;
            }
            else if (Reap(Native.WaitNoHang, ref status))
            {
                // What it wrote last may have come since the look; so look once more.
                ended = true;
            }
            else if (Launch.Now() > end)
            {
                hung = true;
                Signal(Native.SigKill, _launch.OwnGroup);
                break;
            }
        }

        while (!Reap(hung ? 0 : Native.WaitNoHang, ref status))
        {
            if (Launch.Now() > end)
            {
                hung = true;
                Signal(Native.SigKill, _launch.OwnGroup);
            }

            // The pipes are closed a moment before the process is a zombie.
            Native.SleepMicroseconds(50);
        }

        long finished = Launch.Now();
        Native.Close(_output);
        Native.Close(_errors);
        return new Answer(_launch, status, output.ToArray(), errors.ToArray(), _started, finished, memory, hung);
    }

    private static bool Drain(int descriptor, MemoryStream into, byte[] buffer)
    {
        nint count;
        fixed (byte* p = buffer)
        {
            count = Native.Read(descriptor, p, (nuint)buffer.Length);
        }

        if (count > 0)
        {
            into.Write(buffer, 0, (int)count);
            return true;
        }

        return false;
    }

    /// <summary>
    /// The largest resident set so far, in KiB; 0 when it cannot be told. What wait4 tells of it counts the driver's own, which a child
    /// shares until it executes; it may still do so for a moment after its start, and then has the driver's name too.
    /// </summary>
    private long Memory()
    {
        const int LongestName = 15;
        string name = Path.GetFileName(_launch.Argv[0]);
        name = "Name:\t" + name[..Math.Min(LongestName, name.Length)];
        try
        {
            foreach (string line in File.ReadLines($"/proc/{Pid}/status"))
            {
                if (line.StartsWith("Name:", StringComparison.Ordinal) && line != name)
                {
                    return 0;
                }

                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    return long.Parse(line.AsSpan(6, line.Length - 8).Trim(), System.Globalization.CultureInfo.InvariantCulture);
                }
            }
        }
        catch (IOException)
        {
            // It has ended.
        }

        return 0;
    }

    private bool Reap(int options, ref int status)
    {
        lock (_gate)
        {
            if (_reaped)
            {
                return true;
            }

            int result;
            fixed (int* s = &status)
            {
                result = Native.Wait(Pid, s, options, null);
            }

            if (result == 0)
            {
                return false;
            }

            _reaped = true;
            return true;
        }
    }
}
