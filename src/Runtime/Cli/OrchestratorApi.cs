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
    public static int Run(ReadOnlySpan<string> args)
    {
        string command = ContractConstants.UnknownCommand;
        var level = ContractLevels.Default;
        try
        {
            return Run(args, ref command, ref level);
        }
#pragma warning disable CA1031 // The last line of defence: one envelope always, whatever went wrong.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            var failure = new Failure(ErrorCode.InternalError, Messages.InternalError(command, defect.GetType().Name + ": " + defect.Message));
            return Envelope.Print(command, failure, level, ExitStatus.Failure);
        }
    }

    private static int Run(ReadOnlySpan<string> args, ref string command, ref ContractLevel level)
    {
        var deadline = Deadline.FromEnvironment();
        var project = ProjectRoot.Find();
        level = ServedLevel.Of(project, out var unknownLevel);
        if (ArgvFastPath.TryParse(args, level) is not { } request)
        {
            var parsed = CommandLineParser.Parse(args, level);
            if (parsed.Help is { } help)
            {
                StandardOutput.Write(System.Text.Encoding.UTF8.GetBytes(help));
                return ExitStatus.Success;
            }

            if (parsed.Request is not { } slow)
            {
                return Envelope.Print(ContractConstants.UnknownCommand, new Failure(ErrorCode.UsageError, parsed.Error!), level, ExitStatus.Usage);
            }

            request = slow;
        }

        command = CommandIds.QualifiedName(request.Command);
        if (unknownLevel is not null)
        {
            return Envelope.Print(command, unknownLevel, level, ExitStatus.Failure);
        }

        var answer = Dispatcher.Run(request, new CallContext(level, deadline, project));
        int status = Envelope.Print(command, answer, level);
        return answer.Failure?.Code == ErrorCode.Interrupted ? ExitStatus.SignalBase + Signals.Pending : status;
    }
}
