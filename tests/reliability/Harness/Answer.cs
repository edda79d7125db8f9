using System;
using System.Text;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Harness;

/// <summary>How a process ended, and what it said.</summary>
internal sealed class Answer
{
    private readonly int _status;
    private Envelope? _envelope;

    public Answer(Launch launch, int status, byte[] output, byte[] errors, long started, long ended, long memory, bool hung)
    {
        Launch = launch;
        _status = status;
        Output = output;
        Errors = errors;
        Started = started;
        Ended = ended;
        MemoryKiB = memory;
        Hung = hung;
    }

    public Launch Launch { get; }

    public byte[] Output { get; }

    public byte[] Errors { get; }

    /// <summary>Monotonic nanoseconds before the process was started and after it had ended.</summary>
    public long Started { get; }

    public long Ended { get; }

    public double Milliseconds => (Ended - Started) / 1e6;

    /// <summary>Largest resident set.</summary>
    public long MemoryKiB { get; }

    /// <summary>It did not end in time and was killed.</summary>
    public bool Hung { get; }

    /// <summary>The signal that ended it, 0 when it exited.</summary>
    public int Signal => (_status & 0x7F) is var signal and not 0x7F ? signal : 0;

    /// <summary>128+n when ended by a signal, as a shell has it.</summary>
    public int ExitCode => Signal != 0 ? 128 + Signal : (_status >> 8) & 0xFF;

    public Envelope Envelope => _envelope ??= ReadEnvelope();

    public bool Succeeded => Envelope.Problem is null && Envelope.Success;

    /// <summary>For a report of what went wrong.</summary>
    public override string ToString()
    {
        string output = Encoding.UTF8.GetString(Output);
        string errors = Encoding.UTF8.GetString(Errors);
        return $"exit {ExitCode}{(Hung ? " (hung)" : "")} stdout={Brief(output)} stderr={Brief(errors)} [{Launch}]";
    }

    /// <summary>
    /// The one line. Of a batch that had one call the line for that: the status may tell that a signal ended the batch behind it, and a line that no more calls could be read.
    /// </summary>
    private Envelope ReadEnvelope()
    {
        int end = Output.AsSpan().IndexOf((byte)'\n') + 1;
        if (end == 0 || Launch.Argv[^1] != Calls.BatchCommand)
        {
            return Envelope.Read(Output, ExitCode);
        }

        bool endedEarly = ExitCode is 128 + Native.SigTerm or 128 + Native.SigInt;
        if (end < Output.Length)
        {
            var last = Envelope.Read(Output[end..], ExitCode);
            if (last.Problem is not null || last.Command != "orchestrator-api.batch" || last.Reason != "IO_FAILED")
            {
                return Envelope.Read(Output, ExitCode);
            }

            endedEarly = true;
        }

        bool isSuccess = Output.AsSpan(0, end).IndexOf("\"success\": true"u8) >= 0;
        return Envelope.Read(Output[..end], isSuccess && endedEarly ? 0 : ExitCode);
    }

    private static string Brief(string text) => text.Length <= 1500 ? text.TrimEnd('\n') : text[..1500] + $"…({text.Length})";
}
