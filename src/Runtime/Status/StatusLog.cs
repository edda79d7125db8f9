using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>Reads a mission's event log. Takes no lock and writes nothing (DESIGN §7).</summary>
internal static class StatusLog
{
    /// <summary>Reads and reduces the log; no file is an empty log.</summary>
    /// <param name="projectRoot">Absolute path that the log must be in.</param>
    /// <param name="relativeLogPath">Path below it.</param>
    /// <param name="checkpointPath">Asked for the path of the mission's checkpoint if the log is long; null to read everything.</param>
    /// <returns>EVENT_LOG_CORRUPT for a row that cannot be read, IO_FAILED for a file that cannot.</returns>
    public static Result<MissionStatus> Read(string projectRoot, string relativeLogPath, Func<string>? checkpointPath = null)
    {
        int descriptor = ProjectFiles.Open(projectRoot, relativeLogPath, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        string path = projectRoot + "/" + relativeLogPath;
        if (descriptor < 0)
        {
            var outcome = ReadOutcome.Of(descriptor);
            return outcome.IsMissing ? new MissionStatus(new Reducer()) : outcome.ToFailure("read", path);
        }

        var status = Read(descriptor, relativeLogPath, path, checkpointPath, isLocked: false, out _);
        Posix.Close(descriptor);
        return status;
    }

    /// <summary>The same for bytes at hand, such as a blob.</summary>
    /// <param name="log">The bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="path">What the failure's data call it.</param>
    public static Result<MissionStatus> Parse(ReadOnlyMemory<byte> log, string name, string path)
    {
        using var reader = new EventLogReader(log, LogPosition.First);
        return Reduce(reader, name, path);
    }

    /// <summary>The same for an open file.</summary>
    /// <param name="descriptor">Stays the caller's.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="path">Absolute path.</param>
    /// <param name="checkpointPath">As above.</param>
    /// <param name="isLocked">Whether the caller has the mission's lock.</param>
    /// <param name="facts">What the file was before it was read.</param>
    internal static Result<MissionStatus> Read(int descriptor, string name, string path, Func<string>? checkpointPath, bool isLocked, out FileFacts facts)
    {
        if (Posix.Stat(descriptor, out facts) is < 0 and var error)
        {
            return FileErrors.ToFailure("read", path, error);
        }

        if (!facts.IsRegular)
        {
            return new ReadOutcome(ReadStatus.NotRegular).ToFailure("read", path);
        }

        if (facts.Size >= StatusCheckpoint.LeastLog && checkpointPath is not null
            && StatusCheckpoint.Find(checkpointPath(), descriptor, isLocked, ref facts, out var known) is { } checkpoint
            && Continue(descriptor, facts.Size, checkpoint, known!) is { } continued)
        {
            return continued;
        }

        using var reader = new EventLogReader(descriptor, facts.Size, LogPosition.First);
        return Reduce(reader, name, path);
    }

    /// <summary>The state of a checkpoint and the rows behind it; null where that does not suffice, or they cannot be read.</summary>
    private static MissionStatus? Continue(int descriptor, long size, StatusCheckpoint checkpoint, Reducer known)
    {
        using var reader = new EventLogReader(descriptor, size, checkpoint.End);
        return reader.Read(known, out bool isComplete) >= 0 && isComplete ? StatusOf(known, reader, checkpoint) : null;
    }

    private static MissionStatus StatusOf(Reducer reducer, EventLogReader reader, StatusCheckpoint? checkpoint = null) => new(reducer)
    {
        TornTailBytes = reader.TornTailBytes,
        LacksLineFeed = reader.LacksLineFeed,
        End = reader.End,
        EndPosition = reader.EndPosition,
        Checkpoint = checkpoint,
    };

    private static Result<MissionStatus> Reduce(EventLogReader reader, string name, string path)
    {
        var reducer = new Reducer();
        int error = reader.Read(reducer, out bool isComplete);
        if (error >= 0 && !isComplete && reader.Fault == RowFault.None)
        {
            // Not in order: everything has to be sorted.
            var sorter = new RowSorter();
            error = reader.Read(sorter, out isComplete);
            if (error >= 0 && !isComplete && reader.Fault == RowFault.None)
            {
                return LogFaults.Corrupt(RowFault.TooMany, default, "", 0, name, path);
            }

            reducer = isComplete ? sorter.Finish() : reducer;
        }

        if (error < 0)
        {
            return FileErrors.ToFailure("read", path, error);
        }

        return isComplete
            ? StatusOf(reducer, reader)
            : LogFaults.Corrupt(reader.Fault, reader.Position, reader.FaultKey, reader.FaultColumn, name, path);
    }
}
