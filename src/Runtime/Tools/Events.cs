using System;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>The rows of a mission's log as JSON lines, with cursors. Takes no lock, writes nothing; never shows a row that is not whole.</summary>
internal static class Events
{
    /// <summary>Nanoseconds between looks at the log.</summary>
    private const long Pause = 100_000_000;

    public static int Run(EventsToolRequest request, ToolCall call)
    {
        var cursor = EventCursor.First;
        if (request.Since is { } since && !EventCursor.TryParse(since, out cursor))
        {
            return call.Fail(new Failure(ErrorCode.UsageError, Messages.CursorInvalid(since)));
        }

        if (!ToolMission.Selector(call.Project, request.Selector, request.Mission).Try(out string? selector, out var failure)
            || !MissionSelector.Resolve(call.Project, selector).Try(out var mission, out failure))
        {
            return call.Fail(failure);
        }

        string? stamp = null;
        while (true)
        {
            var read = LogCopy.Read(mission, call.Context(), cursor.RowStart, stamp);
            if (read.Failure is { } unreadable)
            {
                return call.Fail(unreadable);
            }

            if (read.Try(out var log, out _) && log is not null)
            {
                stamp = log.Stamp;
                if (!IsSame(log, cursor))
                {
                    return call.Fail(new Failure(ErrorCode.EventLogCorrupt, Messages.LogReplaced(log.Name)), EventsExitStatus.Replaced);
                }

                if (PutOut(log, ref cursor, request.Wp, out bool isBroken) is { } corrupt)
                {
                    return call.Fail(corrupt);
                }

                if (isBroken)
                {
                    return EventsExitStatus.Success;
                }
            }

            if (!request.Follow || StandardOutput.IsBroken)
            {
                return EventsExitStatus.Success;
            }

            Posix.Sleep(Pause);
        }
    }

    /// <summary>Whether the row before the cursor is the one it was made behind.</summary>
    private static bool IsSame(LogCopy log, EventCursor cursor)
    {
        if (log.Start != cursor.RowStart || log.Bytes.Length < cursor.Length)
        {
            return false;
        }

        var row = log.Bytes.Span[..cursor.Length];
        bool hasLineFeed = !row.IsEmpty && row[^1] == (byte)'\n';
        return cursor.Length == 0 || EventCursor.HashOf(hasLineFeed ? row[..^1] : row) == cursor.Hash;
    }

    private static Failure? PutOut(LogCopy log, ref EventCursor cursor, string? wp, out bool isBroken)
    {
        var fresh = log.Bytes[cursor.Length..];
        using var reader = new EventLogReader(fresh, cursor.Position);
        var lines = new EventLines(fresh, cursor, wp);
        reader.Read(lines, out _);
        lines.Flush();
        cursor = lines.Cursor;
        isBroken = lines.IsBroken;
        return reader.Fault == RowFault.None ? null : LogFaults.Corrupt(reader.Fault, reader.Position, reader.FaultKey, reader.FaultColumn, log.Name, log.Path);
    }
}
