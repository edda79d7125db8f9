using System;
using System.IO;

namespace SpecKitty.Runtime.Tests;

/// <summary>A fresh directory that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    /// <param name="isInMemory">Where thousands of these are made, on a disk only where there is nothing else.</param>
    public TemporaryFolder(bool isInMemory = false) => Path = isInMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, "spec-kitty-" + Guid.NewGuid().ToString("N"))).FullName
        : Directory.CreateTempSubdirectory("spec-kitty-").FullName;

    public string Path { get; }

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
