using System.Text;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>What a process left: its exit status and its two streams.</summary>
internal sealed record SpawnResult(int ExitStatus, byte[] Stdout, byte[] Stderr)
{
    internal string StdoutText => Encoding.UTF8.GetString(Stdout);

    internal string StderrText => Encoding.UTF8.GetString(Stderr);
}
