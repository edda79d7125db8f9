using System;
using System.Text;

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

    public Envelope Envelope => _envelope ??= Envelope.Read(Output, ExitCode);

    public bool Succeeded => Envelope.Problem is null && Envelope.Success;

    /// <summary>For a report of what went wrong.</summary>
    public override string ToString()
    {
        string output = Encoding.UTF8.GetString(Output);
        string errors = Encoding.UTF8.GetString(Errors);
        return $"exit {ExitCode}{(Hung ? " (hung)" : "")} stdout={Brief(output)} stderr={Brief(errors)} [{Launch}]";
    }

    private static string Brief(string text) => text.Length <= 1500 ? text.TrimEnd('\n') : text[..1500] + $"…({text.Length})";
}
