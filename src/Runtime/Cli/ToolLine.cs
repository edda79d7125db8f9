using System;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Tools;

namespace SpecKitty.Cli;

/// <summary>One call of a tool: argv → request → page → exit status. No call of the contract comes here.</summary>
internal static class ToolLine
{
    /// <summary>The tool that <paramref name="args"/> begins with; null for none. The first word alone decides: what follows it is the tool's business.</summary>
    public static ToolDefinition? Find(ReadOnlySpan<string> args)
    {
        ToolDefinition? nearest = null;
        foreach (var tool in ToolTable.All)
        {
            int same = 0;
            while (same < tool.Words.Length && same < args.Length && tool.Words[same] == args[same])
            {
                same++;
            }

            if (same == tool.Words.Length)
            {
                return tool;
            }

            nearest = same > 0 ? nearest ?? tool : nearest;
        }

        return nearest;
    }

    /// <param name="tool">The tool.</param>
    /// <param name="args">The whole command line.</param>
    /// <returns>The exit status.</returns>
    public static int Run(ToolDefinition tool, ReadOnlySpan<string> args)
    {
        string name = ContractConstants.Executable + " " + string.Join(' ', tool.Words);
        return Written(name, Run(tool, name, args));
    }

    /// <summary>The exit status of a call that would end with <paramref name="status"/>: what was not written is no success, whatever was found out.</summary>
    public static int Written(string name, int status) => StandardOutput.Lost is not 0 and var error
        ? Fail(name + ": " + Messages.IoFailed("write", Messages.SourceStandardOutput(), new FileError(error).Text), ExitStatus.Failure)
        : status;

    private static int Run(ToolDefinition tool, string name, ReadOnlySpan<string> args)
    {
        try
        {
            var parsed = ToolParser.Parse(tool, args);
            if (parsed.Help is { } help)
            {
                StandardOutput.Write(Encoding.UTF8.GetBytes(help));
                return ExitStatus.Success;
            }

            if (parsed.Request is not { } request)
            {
                return Fail(Messages.ToolUsage(name, parsed.Error!), ExitStatus.Usage);
            }

            return ToolDispatcher.Run(request, name, static () => Handover.Find()?.Path);
        }
#pragma warning disable CA1031 // The last line of defence: a sentence instead of an abort.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            return Fail(Messages.InternalError(name, defect.GetType().Name + ": " + defect.Message), ExitStatus.Failure);
        }
    }

    private static int Fail(string sentence, int status)
    {
        StandardOutput.WriteError(Encoding.UTF8.GetBytes(sentence + "\n"));
        return status;
    }
}
