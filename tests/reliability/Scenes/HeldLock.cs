using System;
using System.IO;
using SpecKitty.Reliability.Harness;

namespace SpecKitty.Reliability.Scenes;

/// <summary>The mission's lock, held by the driver.</summary>
internal sealed class HeldLock : IDisposable
{
    private int _descriptor;

    public HeldLock(Scene scene)
    {
        const int ReadWriteCreate = 0x42;
        Directory.CreateDirectory(Path.GetDirectoryName(scene.LockFile)!);
        _descriptor = Native.Open(scene.LockFile, ReadWriteCreate | Native.CloseOnExec, 0x1B6);
        if (_descriptor < 0 || Native.Lock(_descriptor, Native.LockExclusive) != 0)
        {
            throw new IOException("cannot lock " + scene.LockFile);
        }
    }

    /// <summary>Whether some process has the mission's lock.</summary>
    public static bool IsTaken(Scene scene)
    {
        int descriptor = Native.Open(scene.LockFile, Native.CloseOnExec, 0);
        bool isTaken = descriptor >= 0 && Native.Lock(descriptor, Native.LockExclusive | Native.LockNonBlocking) != 0;
        _ = descriptor < 0 ? 0 : Native.Close(descriptor);
        return isTaken;
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            Native.Close(_descriptor);
            _descriptor = -1;
        }
    }
}
