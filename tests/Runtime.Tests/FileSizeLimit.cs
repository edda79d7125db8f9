using System;
using System.Runtime.InteropServices;

namespace SpecKitty.Runtime.Tests;

/// <summary>RLIMIT_FSIZE for the whole process, for as long as it lives: a full disk that needs no disk.</summary>
internal sealed partial class FileSizeLimit : IDisposable
{
    private const int FileSize = 1;
    private readonly Limit _before;

    public FileSizeLimit(long bytes)
    {
        Check(GetLimit(FileSize, out _before));
        var limit = _before with { Soft = (ulong)bytes };
        Check(SetLimit(FileSize, in limit));
    }

    public void Dispose() => Check(SetLimit(FileSize, in _before));

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    private record struct Limit(ulong Soft, ulong Hard);
}
