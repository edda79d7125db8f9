using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>One call of the executable: what was asked and what came of it.</summary>
internal sealed class Call
{
    private readonly SpawnResult _result;
    private Envelope? _envelope;

    internal Call(IReadOnlyList<string> argv, SpawnResult result)
    {
        Argv = argv;
        _result = result;
    }

    internal IReadOnlyList<string> Argv { get; }

    internal int ExitStatus => _result.ExitStatus;

    internal byte[] Stdout => _result.Stdout;

    internal string StdoutText => _result.StdoutText;

    internal string StderrText => _result.StderrText;

    /// <summary>The envelope, with everything checked that holds for all of them; the exit status and stderr have to agree.</summary>
    internal Envelope Envelope => _envelope ??= Read();

    internal JsonElement Data => Envelope.Data;

    internal string Message => Text("message");

    internal string Reason => Text("reason_code");

    internal string Text(string name) => Data.GetProperty(name).GetString() ?? throw new ContractException($"data.{name} is null");

    internal string[] Texts(string name) => [.. Data.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>The data of a success.</summary>
    internal JsonElement Ok()
    {
        Contract.Holds(Envelope.Success, $"{this} should have succeeded: {_result.StdoutText}");
        return Data;
    }

    /// <summary>The data of a failure for a cause; <c>error_code</c> follows from it and was checked.</summary>
    internal Call Fails(string reason, int status = 1)
    {
        Contract.Holds(!Envelope.Success, $"{this} should have failed with {reason}: {_result.StdoutText}");
        Contract.Equal(Reason, reason, $"{this}: reason_code ({Message})");
        Contract.Equal(ExitStatus, status, $"{this}: exit status");
        return this;
    }

    /// <summary>A failure of which the message is known as well.</summary>
    internal Call Fails(string reason, string message)
    {
        Fails(reason);
        Contract.Equal(Message, message, $"{this}: message");
        return this;
    }

    /// <summary>argv was refused by the parser.</summary>
    internal Call IsUsageError()
    {
        Fails("USAGE_ERROR", status: 2);
        Contract.Equal(Envelope.Command, "orchestrator-api.unknown", $"{this}: command");
        Contract.Equal(Text("effect"), "none", $"{this}: effect");
        return this;
    }

    public override string ToString() => $"[{string.Join(' ', Argv.Select(a => a.Length > 60 ? a[..60] + "…" : a))}]";

    private Envelope Read()
    {
        Envelope envelope;
        try
        {
            envelope = Envelope.Parse(_result.Stdout);
        }
        catch (ContractException problem)
        {
            throw new ContractException($"{this} (status {ExitStatus}): {problem.Message}; stderr: {_result.StderrText}");
        }

        if (envelope.Success)
        {
            Contract.Equal(ExitStatus, 0, $"{this}: exit status of a success");
            Contract.Equal(_result.StderrText, "", $"{this}: stderr of a success");
        }
        else
        {
            Contract.Holds(ExitStatus is 1 or 2 or > 128, $"{this}: exit status {ExitStatus} of a failure");
            Contract.Holds(_result.Stderr.AsSpan().Count((byte)'\n') <= 1, $"{this}: more than one line on stderr: {_result.StderrText}");
        }

        ArgvSchema.Check(Argv, envelope, ExitStatus);
        return envelope;
    }
}
