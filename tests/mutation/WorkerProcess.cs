using System;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace SpecKitty.Mutation;

/// <summary>A worker, seen from outside.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly BlockingCollection<string?> _lines = [];

    public WorkerProcess(Folders folders)
    {
        _process = new Process { StartInfo = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folders.Work } };
        _process.StartInfo.ArgumentList.Add("worker");
        _process.StartInfo.ArgumentList.Add(folders.Root);

        // A mutant that grows an array for ever is noticed before the machine is full.
        _process.StartInfo.Environment["DOTNET_GCHeapHardLimit"] = "40000000";
        _process.OutputDataReceived += (_, line) => _lines.Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
    }

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Its next line; null if it said nothing for so long, or ended.</summary>
    public string? Hear(TimeSpan patience) => _lines.TryTake(out string? line, patience) ? line : null;

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        _process.Dispose();
        _lines.Dispose();
    }
}
