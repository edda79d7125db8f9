using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Watches which system calls one call of the executable makes that start a process or change something, by strace(1).</summary>
internal static partial class Tracer
{
    private const string Calls =
        "trace=execve,execveat,?fork,?vfork,clone,clone3,?open,openat,openat2,?creat,?mkdir,mkdirat,?mknod,mknodat,?rename,?renameat,renameat2,"
        + "?unlink,unlinkat,?rmdir,?link,linkat,?symlink,symlinkat,?chmod,fchmod,fchmodat,?chown,fchown,fchownat,truncate,ftruncate,?utime,?utimes,utimensat,"
        + "fallocate,write,writev,pwrite64,pwritev,flock,fsync,fdatasync";

    /// <summary>Whether strace can watch a process here at all.</summary>
    internal static async Task<bool> WorksAsync(Sandbox sandbox)
    {
        try
        {
            return (await Spawn.RunAsync("strace", ["-f", "-qq", "-o", "/dev/null", "true"], sandbox.Top, sandbox.Environment)).ExitStatus == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs <c>spec-kitty orchestrator-api …</c> in the project and gives the calls that were made, one a line, resumed ones joined.</summary>
    internal static Task<(Call Call, string[] Lines)> TraceAsync(Sandbox sandbox, params string[] argv) => TraceOnlyAsync(sandbox, Calls, argv);

    /// <summary>The same for other system calls, named as strace's <c>-e</c> wants them.</summary>
    internal static async Task<(Call Call, string[] Lines)> TraceOnlyAsync(Sandbox sandbox, string calls, params string[] argv)
    {
        var output = Path.Combine(sandbox.Top, $"strace-{Guid.NewGuid():N}");
        string[] command = ["-f", "-qq", "-y", "-e", calls, "-e", "signal=none", "-o", output, await PublishedExecutable.PathAsync(), "orchestrator-api", .. argv];

        // What strace takes on a busy machine is no failure of the call's.
        var patient = new Dictionary<string, string>(sandbox.Environment, StringComparer.Ordinal);
        patient.TryAdd("SPEC_KITTY_DEADLINE_MS", "80000");
        var result = await Spawn.RunAsync("strace", command, sandbox.Root, patient);
        var lines = File.ReadAllLines(output).Where(line => !line.Contains("+++ exited", StringComparison.Ordinal)).Select(WithoutPid).ToArray();
        File.Delete(output);
        return (new Call(argv, result), lines);
    }

    /// <summary>Skips the test where strace cannot be used; where a build server runs it has to be there.</summary>
    internal static async Task RequireAsync(Sandbox sandbox)
    {
        if (!await WorksAsync(sandbox))
        {
            const string Missing = "strace is missing or may not trace here";
            TUnit.Core.Skip.When(Environment.GetEnvironmentVariable("CI") is null or "" or "0" or "false", Missing);
            throw new InvalidOperationException(Missing);
        }
    }

    /// <summary>The programs that were run by the executable or by what it ran, one a line; the executable itself is none.</summary>
    internal static string[] Programs(string[] lines) => [.. lines.Where(line => line.StartsWith("execve(", StringComparison.Ordinal)).Skip(1)];

    /// <summary>The subcommands of git that the executable itself started, in order; not those that git starts of itself.</summary>
    internal static string[] GitCommands(string[] lines) => [.. Programs(lines).Where(line => GitForm().IsMatch(line)).Select(Subcommand)];

    /// <summary>Those that start a process (a thread is none).</summary>
    internal static string[] Spawned(string[] lines) =>
    [
        .. lines.Where(line => SpawnForm().IsMatch(line) && !line.Contains("CLONE_THREAD", StringComparison.Ordinal)).Skip(1),
    ];

    /// <summary>Those that change a file, a directory, or a lock; writing to stdout is none.</summary>
    internal static string[] Changed(string[] lines) =>
    [
        .. lines.Where(line => !SpawnForm().IsMatch(line)
            && !line.StartsWith("write(1<", StringComparison.Ordinal)
            && (!line.StartsWith("open", StringComparison.Ordinal) || WriteForm().IsMatch(line))),
    ];

    /// <summary>The first word behind git's own options.</summary>
    private static string Subcommand(string line)
    {
        var words = WordForm().Matches(line[line.IndexOf('[', StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).ToArray();
        int i = 1;
        while (i < words.Length && words[i].StartsWith('-'))
        {
            i += words[i] is "-C" or "-c" ? 2 : 1;
        }

        return i < words.Length ? words[i] : "";
    }

    private static string WithoutPid(string line) => line.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' ');

    [GeneratedRegex(@"^(execve|execveat|fork|vfork|clone|clone3)\(")]
    private static partial Regex SpawnForm();

    [GeneratedRegex(@"^execve\(""[^""]*/git"", \[""git"", ""-C""")]
    private static partial Regex GitForm();

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex WordForm();

    [GeneratedRegex(@"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")]
    private static partial Regex WriteForm();
}
