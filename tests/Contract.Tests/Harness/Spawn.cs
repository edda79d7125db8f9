using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Runs one process to its end and keeps what it wrote, as bytes.</summary>
internal static class Spawn
{
    /// <summary>Longer than any call may take by contract, so that only a hang reaches it.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(90);

    /// <summary>For a build.</summary>
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(15);

    internal static Task<SpawnResult> RunAsync(
        string executable,
        IReadOnlyList<string> argv,
        string directory,
        IReadOnlyDictionary<string, string> environment,
        byte[]? stdin = null,
        TimeSpan? limit = null) => RunAsync(executable, argv, directory, environment, stdin, limit ?? CallLimit);

    internal static Task<SpawnResult> RunToEndAsync(
        string executable,
        IReadOnlyList<string> argv,
        string directory,
        IReadOnlyDictionary<string, string> environment) => RunAsync(executable, argv, directory, environment, null, BuildLimit);

    private static async Task<SpawnResult> RunAsync(
        string executable,
        IReadOnlyList<string> argv,
        string directory,
        IReadOnlyDictionary<string, string> environment,
        byte[]? stdin,
        TimeSpan time)
    {
        var start = new ProcessStartInfo(executable)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in argv)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        using var limit = new CancellationTokenSource(time);
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, limit.Token);
            var errors = ReadAsync(process.StandardError.BaseStream, limit.Token);
            await FeedAsync(process.StandardInput.BaseStream, stdin, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new SpawnResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{executable} {string.Join(' ', argv)} did not end within {time}.");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        await stream.CopyToAsync(kept, cancellation);
        return kept.ToArray();
    }

    private static async Task FeedAsync(Stream stdin, byte[]? bytes, CancellationToken cancellation)
    {
        try
        {
            await using (stdin)
            {
                await stdin.WriteAsync(bytes ?? [], cancellation);
            }
        }
        catch (IOException)
        {
            // It ended without reading its input, which is its right.
        }
    }

    /// <summary>
    /// Starts a process. An executable that was just copied is "busy" for as long as a process that another test forked meanwhile has not yet called exec: it
    /// holds the copy's descriptor.
    /// </summary>
    private static Process Start(ProcessStartInfo start)
    {
        const int TextFileBusy = 26, Tries = 10_000;
        for (int i = 0; ; i++)
        {
            try
            {
                return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
            }
            catch (System.ComponentModel.Win32Exception busy) when (busy.NativeErrorCode == TextFileBusy && i < Tries)
            {
            }
        }
    }
}
