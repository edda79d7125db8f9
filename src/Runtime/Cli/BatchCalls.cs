using System;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Cli;

/// <summary>
/// Many calls by one process: a JSON value a line in, an envelope a line out, each as soon as it is there. A line that is no call gets its envelope
/// too and the next goes on; nothing but a signal, or nobody reading any more, ends it early.
/// </summary>
internal static class BatchCalls
{
    /// <returns>Success when every call succeeded.</returns>
    public static int Run(ContractLevel level)
    {
        var lines = new InputLines(ContractConstants.MaxEnvelopeBytes);
        int status = ExitStatus.Success;
        while (Signals.Pending == 0 && !StandardOutput.IsBroken && lines.Next(out var line, out bool isTooLong))
        {
            if (isTooLong || !IsBlank(line))
            {
                int one = isTooLong
                    ? Refuse(lines.Number, Messages.ContentsTooLarge(ContractConstants.MaxEnvelopeBytes.ToString(CultureInfo.InvariantCulture)), level)
                    : Call(line, lines.Number, level);
                status = one == ExitStatus.Success ? status : ExitStatus.Failure;
            }
        }

        if (Signals.Pending == 0 && lines.Errno != 0)
        {
            // A caller that counts answers would wait for what it believes to have asked. One that gave a directory, or nothing, will not do better the next time.
            bool isNoInput = lines.Errno is Errno.BadDescriptor or Errno.IsDirectory;
            var unread = new Failure(isNoInput ? ErrorCode.UsageError : ErrorCode.IoFailed, Messages.BatchInputUnreadable(new FileError(lines.Errno).Text));
            return Envelope.Print(CommandIds.QualifiedName(CommandId.Batch), unread, level, ExitStatus.Failure);
        }

        return Signals.Pending is not 0 and var signal ? ExitStatus.SignalBase + signal : StandardOutput.IsBroken ? ExitStatus.Failure : status;
    }

    private static int Call(ReadOnlySpan<byte> line, long number, ContractLevel level)
    {
        string? problem = Messages.ContentsNotUnicode();
        string[]? args = Utf8.IsValid(line) ? BatchLine.Parse(Encoding.UTF8.GetString(line), out problem) : null;
        return args is null ? Refuse(number, problem!, level) : OrchestratorApi.Run(args, isInBatch: true);
    }

    private static int Refuse(long number, string problem, ContractLevel level) => Envelope.Print(
        ContractConstants.UnknownCommand,
        new Failure(ErrorCode.UsageError, Messages.BatchLineInvalid(number.ToString(CultureInfo.InvariantCulture), problem)),
        level,
        ExitStatus.Usage);

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
