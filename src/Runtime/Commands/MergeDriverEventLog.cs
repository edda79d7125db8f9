using System;
using System.IO;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>
/// A merge driver for git (gitattributes(5)): the union of two event logs. No command of the contract: git calls it, wants the result in the second file,
/// and takes any status but 0 for a conflict. The reference host configures it by this name (HOST §6.9).
/// </summary>
internal static class MergeDriverEventLog
{
    public const string Word = "merge-driver-event-log";

    /// <summary>What git's configuration calls it.</summary>
    public const string DriverName = "spec-kitty-event-log";

    private const int MaxBytes = int.MaxValue - 1024;

    /// <param name="args">%O, %A and %B: files of the common ancestor, of ours and of theirs. The ancestor is not needed: no row is ever removed.</param>
    /// <returns>0, or 1 with a sentence on stderr and nothing changed.</returns>
    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is ["--help"])
        {
            StandardOutput.Write(Encoding.UTF8.GetBytes(Messages.MergeDriverHelp(ContractConstants.Executable, Word, DriverName)));
            return ExitStatus.Success;
        }

        if (args.Length != 3)
        {
            return Fail(Messages.MergeDriverUsage(ContractConstants.Executable, Word), ExitStatus.Usage);
        }

        string ours = Path.GetFullPath(args[1]), theirs = Path.GetFullPath(args[2]);
        using var own = Read(ours, out string? problem);
        using var other = problem is null ? Read(theirs, out problem) : null;
        if (problem is null)
        {
            problem = EventLogMerge.TryMerge((own!.Memory, args[1]), (other!.Memory, args[2]), out var merged);
            problem ??= DurableFile.Replace(ours, merged.Span, sync: false)?.Message;
        }

        return problem is null ? ExitStatus.Success : Fail(problem, ExitStatus.Failure);
    }

    private static FileBytes? Read(string path, out string? problem)
    {
        int slash = path.LastIndexOf('/');
        var outcome = ProjectFiles.TryRead(slash == 0 ? "/" : path[..slash], path[(slash + 1)..], MaxBytes, out var bytes);
        problem = outcome.IsOk ? null : Messages.IoFailed("read", path, outcome.Detail);
        return bytes;
    }

    private static int Fail(string sentence, int status)
    {
        StandardOutput.WriteError(Encoding.UTF8.GetBytes(Word + ": " + sentence + "\n"));
        return status;
    }
}
