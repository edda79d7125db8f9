using System;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Cli;

/// <summary>One call of the contract: argv → level → request → handler → envelope → exit status.</summary>
internal static class OrchestratorApi
{
    /// <param name="args">What follows the group's name.</param>
    /// <returns>The exit status.</returns>
    public static int Run(ReadOnlySpan<string> args) => Run(args, isInBatch: false);

    /// <param name="args">What follows the group's name.</param>
    /// <param name="isInBatch">The call is a line of a batch: it cannot be one itself, print help or read standard input.</param>
    /// <returns>The exit status that the call has, or would have as a process of its own.</returns>
    public static int Run(ReadOnlySpan<string> args, bool isInBatch)
    {
        string command = ContractConstants.UnknownCommand;
        var level = ContractLevels.Default;
        try
        {
            return Run(args, isInBatch, ref command, ref level);
        }
#pragma warning disable CA1031 // The last line of defence: one envelope always, whatever went wrong.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            var failure = new Failure(ErrorCode.InternalError, Messages.InternalError(command, defect.GetType().Name + ": " + defect.Message));
            return Envelope.Print(command, failure, level, ExitStatus.Failure);
        }
    }

    private static int Run(ReadOnlySpan<string> args, bool isInBatch, ref string command, ref ContractLevel level)
    {
        var deadline = Deadline.FromEnvironment();
        var project = ProjectRoot.Find();
        level = ServedLevel.Of(project, out var refusal);
        if (ArgvFastPath.TryParse(args, level) is not { } request)
        {
            var parsed = CommandLineParser.Parse(args, level);
            if (parsed.Help is { } help && !isInBatch)
            {
                StandardOutput.Write(System.Text.Encoding.UTF8.GetBytes(help));
                return ExitStatus.Success;
            }

            if (parsed.Request is not { } slow)
            {
                // Which flags there are depends on the level, and that could not be read.
                return refusal is { Code: ErrorCode.IoFailed }
                    ? Envelope.Print(ContractConstants.UnknownCommand, refusal, level, ExitStatus.Failure)
                    : Envelope.Print(ContractConstants.UnknownCommand, new Failure(ErrorCode.UsageError, parsed.Error ?? Messages.BatchNested()), level, ExitStatus.Usage);
            }

            request = slow;
        }

        command = CommandIds.QualifiedName(request.Command);
        if (refusal is not null)
        {
            return Envelope.Print(command, refusal, level, ExitStatus.Failure);
        }

        if (request is BatchRequest)
        {
            return isInBatch ? Envelope.Print(command, new Failure(ErrorCode.UsageError, Messages.BatchNested()), level, ExitStatus.Failure) : BatchCalls.Run(level);
        }

        var contents = new OptionContents(deadline, isInBatch ? Messages.InputTakenByBatch() : null);
        var answer = request.Expand(contents) is { } unread ? unread : Dispatcher.Run(request, new CallContext(level, deadline, project));
        int status = Envelope.Print(command, answer, level);
        return answer.Failure?.Code == ErrorCode.Interrupted ? ExitStatus.SignalBase + Signals.Pending : status;
    }
}
