using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// The index of a checkout, kept from every other git while a merge works on a copy of it. The lock is git's own, with a mark in it by which that of a killed
/// merge is known; the index itself changes in one rename, or not at all. Only who has the repository's merge lock may use this (docs/adr/0006).
/// </summary>
internal sealed class HeldIndex : IDisposable
{
    private const long Pause = 2_000_000;
    private const uint FileMode = 0x1B6;

    private readonly string _index;
    private readonly string _lock;
    private bool _isHeld = true;

    private HeldIndex(string gitDirectory)
    {
        _index = gitDirectory + "/index";
        _lock = LockOf(gitDirectory);
        CopyPath = CopyOf(gitDirectory);
    }

    /// <summary>Absolute path of the copy, for <see cref="GitOptions.IndexFile"/>.</summary>
    public string CopyPath { get; }

    private static ReadOnlySpan<byte> Mark => "held by spec-kitty merge-mission\n"u8;

    /// <summary>Takes the lock, also from a killed merge, and copies the index. LOCK_TIMEOUT where another git holds it for too long.</summary>
    public static Result<HeldIndex> Take(string gitDirectory, Deadline deadline)
    {
        var index = new HeldIndex(gitDirectory);
        return (index.Lock(gitDirectory, deadline) ?? index.Copy(gitDirectory)) is { } failure ? failure : index;
    }

    /// <summary>Waits until nobody but a killed merge has the lock; false if somebody has it still.</summary>
    public static bool WaitFree(string gitDirectory, int milliseconds, Deadline deadline) =>
        IsMarked(gitDirectory) || IndexLock.WaitFree(LockOf(gitDirectory), milliseconds, deadline);

    /// <summary>Gives back what a killed merge holds.</summary>
    public static void Clear(string gitDirectory)
    {
        Posix.Unlink(CopyOf(gitDirectory) + ".lock");
        Posix.Unlink(CopyOf(gitDirectory));
        Posix.Unlink(MarkOf(gitDirectory));
        if (IsMarked(gitDirectory))
        {
            Posix.Unlink(LockOf(gitDirectory));
        }
    }

    /// <summary>Makes the copy the index.</summary>
    public Failure? Commit()
    {
        int error = Posix.Rename(Posix.WorkingDirectory, CopyPath, _index);
        if (error < 0)
        {
            return FileErrors.ToFailure("replace", _index, error);
        }

        Dispose();
        return null;
    }

    /// <summary>Leaves everything as it is, for the next call to go on from.</summary>
    public void Abandon() => _isHeld = false;

    /// <summary>Lets the index go as it was.</summary>
    public void Dispose()
    {
        if (_isHeld)
        {
            _isHeld = false;
            Posix.Unlink(CopyPath);
            Remove(_lock);
        }
    }

    private static string LockOf(string gitDirectory) => gitDirectory + "/index.lock";

    private static string CopyOf(string gitDirectory) => gitDirectory + "/spec-kitty.index";

    private static string MarkOf(string gitDirectory) => gitDirectory + "/spec-kitty.lock";

    /// <summary>Tried once more: a lock that stays keeps every git out of the checkout, and behind a merge that has landed comes none to clear up.</summary>
    private static void Remove(string path)
    {
        if (Posix.Unlink(path) is < 0 and not -Errno.NoEntry)
        {
            Posix.Unlink(path);
        }
    }

    private static bool IsMarked(string gitDirectory)
    {
        var outcome = ProjectFiles.TryRead(gitDirectory, LockOf("")[1..], Mark.Length, out var bytes);
        using (bytes)
        {
            return outcome.IsOk && bytes.Span.SequenceEqual(Mark);
        }
    }

    private Failure? Lock(string gitDirectory, Deadline deadline)
    {
        if (DurableFile.Replace(MarkOf(gitDirectory), Mark, sync: false) is { } unwritten)
        {
            return unwritten;
        }

        long end = Clock.MonotonicMilliseconds() + Deadline.LockTimeout();
        int error;
        while ((error = TryLock(gitDirectory)) == -Errno.Exists && !IsMarked(gitDirectory))
        {
            if (Clock.MonotonicMilliseconds() >= end || deadline.IsOver)
            {
                break;
            }

            Posix.Sleep(Pause);
        }

        Remove(MarkOf(gitDirectory));
        if (error == -Errno.Exists && !IsMarked(gitDirectory))
        {
            return new Failure(ErrorCode.LockTimeout, Messages.IndexLocked(_lock));
        }

        return error is < 0 and not -Errno.Exists ? FileErrors.ToFailure("lock", _index, error) : null;
    }

    /// <summary>The lock comes into being with its mark in it, by a second name of a finished file; where files have one name only, right after.</summary>
    private int TryLock(string gitDirectory)
    {
        int error = Posix.Link(MarkOf(gitDirectory), _lock);
        if (error is not (-Errno.NotPermitted or -Errno.NotSupported or -Errno.NotImplemented))
        {
            return error;
        }

        int file = Posix.Open(_lock, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, FileMode);
        if (file < 0)
        {
            return file;
        }

        error = Posix.WriteAll(file, Mark);
        Posix.Close(file);
        return error;
    }

    /// <summary>git never writes into an index, it replaces it; so a second name is a copy, and keeps the time by which git knows what may have changed since.</summary>
    private Failure? Copy(string gitDirectory)
    {
        Posix.Unlink(CopyPath + ".lock");
        Posix.Unlink(CopyPath);
        int error = Posix.Link(_index, CopyPath);
        if (error is 0 or -Errno.NoEntry)
        {
            return null;
        }

        var outcome = ProjectFiles.TryRead(gitDirectory, "index", int.MaxValue, out var bytes);
        using (bytes)
        {
            var failure = outcome.IsOk ? DurableFile.Replace(CopyPath, bytes.Span, sync: false) : outcome.ToFailure("read", _index);
            if (failure is not null)
            {
                Dispose();
            }

            return failure;
        }
    }
}
