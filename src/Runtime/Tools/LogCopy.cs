using System;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>
/// A mission's event log as bytes, from some offset to its end as of now: from the file, or, where there is no worktree for it, from the coordination
/// branch's tip. Rows only ever get added, so what was read stays true however the log grows meanwhile.
/// </summary>
internal sealed class LogCopy
{
    private LogCopy(string name, string path, ReadOnlyMemory<byte> bytes, long start, string stamp)
    {
        Name = name;
        Path = path;
        Bytes = bytes;
        Start = start;
        Stamp = stamp;
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>From <see cref="Start"/> to its end.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The offset in the log of the first byte; its end where it is shorter than what was asked for.</summary>
    public long Start { get; }

    /// <summary>Equal for a log that has not changed.</summary>
    public string Stamp { get; }

    /// <param name="mission">The mission.</param>
    /// <param name="context">The call's.</param>
    /// <param name="offset">What is before is not read.</param>
    /// <param name="known">A stamp: the log is not read where it has not changed, and the answer is null.</param>
    public static Result<LogCopy?> Read(Mission mission, CallContext context, long offset, string? known = null)
    {
        string name = mission.RelativePathOf(EventLogFiles.Log);
        var surface = StatusSurface.Of(mission, context);
        if (surface.Worktree is { } worktree && !surface.IsInWorktree)
        {
            if (!worktree.Tip().Try(out string? tip, out var failure))
            {
                return failure;
            }

            if (tip is not null)
            {
                return tip == known ? (LogCopy?)null : worktree.ReadBlob(tip, name).Try(out byte[]? blob, out failure) ? OfBlob(name, worktree.Branch + ":" + name, blob, offset, tip) : failure;
            }
        }

        return OfFile(surface.IsInWorktree ? surface.Worktree!.Path : mission.Project.Root, name, offset, known);
    }

    private static LogCopy OfBlob(string name, string path, byte[] blob, long offset, string tip)
    {
        long start = Math.Min(offset, blob.Length);
        return new LogCopy(name, path, blob.AsMemory((int)start), start, tip);
    }

    private static Result<LogCopy?> OfFile(string root, string name, long offset, string? known)
    {
        string path = root + "/" + name;
        int descriptor = ProjectFiles.Open(root, name, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        if (descriptor < 0)
        {
            var outcome = ReadOutcome.Of(descriptor);
            const string Nothing = "none";
            return outcome.IsMissing ? known == Nothing ? (LogCopy?)null : new LogCopy(name, path, default, 0, Nothing) : outcome.ToFailure("read", path);
        }

        int error = Posix.Stat(descriptor, out var facts);
        string stamp = $"{facts.DeviceMajor}.{facts.DeviceMinor}.{facts.Inode}.{facts.Size}.{facts.Changed}";
        long start = Math.Min(offset, facts.Size);
        byte[] bytes = [];
        if (error >= 0 && facts.IsRegular && stamp != known && facts.Size - start < Array.MaxLength)
        {
            bytes = new byte[facts.Size - start];
            int length = 0, read;
            while ((read = Posix.ReadAt(descriptor, bytes.AsSpan(length), start + length)) > 0)
            {
                length += read;
            }

            error = Math.Min(read, 0);
            bytes = length == bytes.Length ? bytes : bytes[..length];
        }

        Posix.Close(descriptor);
        return error < 0 ? FileErrors.ToFailure("read", path, error)
            : !facts.IsRegular ? new ReadOutcome(ReadStatus.NotRegular).ToFailure("read", path)
            : facts.Size - start >= Array.MaxLength ? new ReadOutcome(ReadStatus.TooLarge).ToFailure("read", path)
            : stamp == known ? (LogCopy?)null
            : new LogCopy(name, path, bytes, start, stamp);
    }
}
