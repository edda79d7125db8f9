using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>A call that is still going on, for tests that have to meet it half-way.</summary>
internal sealed partial class RunningCall : IDisposable
{
    /// <summary>What whoever runs the tests ignores, nohup(1) SIGHUP or a shell's <c>&amp;</c> SIGINT, the call would ignore too.</summary>
    private const string DefaultSignals = "--default-signal=HUP,INT,TERM";

    private readonly Process _process;
    private readonly string[] _argv;
    private readonly Task<string> _stdout;
    private readonly Task<string> _stderr;

    private RunningCall(Process process, string[] argv)
    {
        _process = process;
        _argv = argv;
        _stdout = process.StandardOutput.ReadToEndAsync();
        _stderr = process.StandardError.ReadToEndAsync();
    }

    internal static async Task<RunningCall> StartAsync(Sandbox sandbox, IEnumerable<(string Name, string Value)> variables, params string[] argv) =>
        Start(sandbox, [await PublishedExecutable.PathAsync(), .. argv], argv, variables);

    /// <summary>Starts it through env's exec, so that a signal reaches the call itself.</summary>
    private static RunningCall Start(Sandbox sandbox, string[] command, string[] argv, IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo("env")
        {
            WorkingDirectory = sandbox.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in sandbox.Environment)
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(DefaultSignals);
        foreach (var argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        return new RunningCall(Process.Start(start)!, argv);
    }

    /// <summary>Starts it with its output in a file; signals reach it alone.</summary>
    internal static async Task<RunningCall> StartIntoAsync(Sandbox sandbox, string output, params string[] argv) =>
        Start(sandbox, ["/bin/sh", "-c", "exec \"$0\" \"$@\" > '" + output + "'", await PublishedExecutable.PathAsync(), .. argv], argv, []);

    /// <summary>Until it has a file open: it is waiting for its lock, say.</summary>
    internal Task HasOpenAsync(string path) => Poll.UntilAsync(() => Has(path), $"{string.Join(' ', _argv)} to open {path}");

    internal void Signal(int number)
    {
        if (Kill(_process.Id, number) != 0)
        {
            throw new InvalidOperationException($"kill: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    internal async Task<Call> EndAsync()
    {
        await _process.WaitForExitAsync();
        return new Call(_argv, new SpawnResult(
            _process.ExitCode, System.Text.Encoding.UTF8.GetBytes(await _stdout), System.Text.Encoding.UTF8.GetBytes(await _stderr)));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private bool Has(string path)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"{string.Join(' ', _argv)} has ended with status {_process.ExitCode}.");
        }

        try
        {
            foreach (var link in Directory.EnumerateFileSystemEntries($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/fd"))
            {
                if (new FileInfo(link).LinkTarget == path)
                {
                    return true;
                }
            }
        }
        catch (IOException)
        {
            // A descriptor was closed while it was looked at.
        }

        return false;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
