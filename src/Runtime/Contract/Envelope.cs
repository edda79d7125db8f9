using System;
using System.Globalization;
using System.IO;
using SpecKitty.Platform;

namespace SpecKitty.Contract;

/// <summary>The one JSON object that a call prints, and the one place that prints it (DESIGN §5).</summary>
internal static class Envelope
{
    /// <summary>Prints the answer to a request and returns the exit status.</summary>
    public static int Print(string command, in Result<Payload> result, ContractLevel level)
    {
        if (result.Try(out var payload, out var failure))
        {
            var bytes = Render(command, payload, null, level);
            if (bytes.Length <= ContractConstants.MaxEnvelopeBytes)
            {
                return Write(bytes, ExitStatus.Success);
            }

            failure = new Failure(
                ErrorCode.OutputTooLarge, Messages.OutputTooLarge(bytes.Length.ToString(CultureInfo.InvariantCulture), ContractConstants.MaxEnvelopeBytes.ToString(CultureInfo.InvariantCulture)));
        }

        return Print(command, failure, level, ExitStatus.Failure);
    }

    /// <summary>Prints a failure and returns <paramref name="exitStatus"/>.</summary>
    public static int Print(string command, Failure failure, ContractLevel level, int exitStatus)
    {
        var bytes = Render(command, null, failure, level);
        if (bytes.Length > ContractConstants.MaxEnvelopeBytes)
        {
            // The data, or the message, repeats what was too large: the code and the effect are what matters.
            var brief = new Failure(failure.Code, Messages.MessageTooLarge(ErrorCatalog.Name(failure.Code))) { Effect = failure.Effect, Retryable = failure.Retryable };
            bytes = Render(command, null, brief, level);
        }

        return Write(bytes, exitStatus);
    }

    private static int Write(ReadOnlySpan<byte> bytes, int exitStatus)
    {
        // A reader that went away has no use for another word; the exit status still says what happened.
        StandardOutput.Write(bytes);
        return exitStatus;
    }

    private static ReadOnlySpan<byte> Render(string command, Payload? payload, Failure? failure, ContractLevel level)
    {
        var tail = failure is null ? null : new FailureTail
        {
            ReasonCode = ErrorCatalog.Name(failure.Code),
            Retryable = failure.Retryable,
            Effect = Effects.Name(failure.Effect),
            Message = failure.Message,
        };
        var buffer = new MemoryStream(1024);
        using (var writer = PythonJson.LineWriter(buffer))
        {
            EnvelopeWriter.Write(
                writer,
                ContractLevels.Text(level),
                command,
                Clock.UtcNowText(),
                CorrelationId.New(),
                failure is null,
                failure is null ? null : ErrorCatalog.Name(ErrorCatalog.Served(failure.Code, level)),
                payload ?? failure?.Data,
                tail,
                level);
        }

        return PythonJson.Line(buffer);
    }
}
