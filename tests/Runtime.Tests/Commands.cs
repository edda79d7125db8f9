using System;
using System.Diagnostics;

namespace SpecKitty.Runtime.Tests;

/// <summary>Runs a program of the system to set the scene.</summary>
internal static class Commands
{
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException(program + " did not start");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(program + " ended with " + process.ExitCode);
    }
}
