using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Holds a mission's status lock as the other host does: <c>flock(2)</c>, exclusive, on a file that stays.</summary>
internal sealed partial class HeldLock : IDisposable
{
    private const int Exclusive = 2;
    private const int NotBlocking = 4;
    private readonly SafeFileHandle _file;

    internal HeldLock(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (Lock(_file, Exclusive | NotBlocking) != 0)
        {
            throw new InvalidOperationException($"{path} is locked already.");
        }
    }

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
