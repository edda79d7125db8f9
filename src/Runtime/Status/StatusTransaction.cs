using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>
/// One mutation of a mission's status: from the lock, through one read, to one durable append (docs/adr/0005).
/// <list type="number">
/// <item>Take the lock. Open the log, read all of it, reduce it. What is decided, is decided by <see cref="Status"/> while the lock is held.</item>
/// <item><see cref="Append(ReadOnlySpan{LaneMove})"/>: give the rows ids and times that sort after everything in the log; make their
/// bytes; read those bytes back with the log's own reader. A row that it would not take is never written.</item>
/// <item>See that the log is the file that was read, as long as it was. If not, a writer without the lock was here: nothing is written.</item>
/// <item>A torn tail is copied to a file of its own beside the log, both made durable, and then cut off.</item>
/// <item>One <c>write(2)</c> with O_APPEND of all rows; a line feed that the last row lacks leads them. If it fails or comes up short,
/// the log is cut back to what it was.</item>
/// <item><c>fdatasync(2)</c>; for a new log the directory too. If that fails nobody can say what will survive: the failure says
/// indeterminate, and the sync is not tried again.</item>
/// <item>The rows are applied to the state, the lanes are compared with those asked for, and status.json is replaced.</item>
/// </list>
/// Kill it anywhere: before 5 nothing changed but perhaps a torn tail's place; within 5 the log ends in whole rows and perhaps a part of
/// one, which is a torn tail to the next call; after 5 the rows are there, unacknowledged, and status.json, which no one trusts, may be old.
/// The lock goes with the process.
/// </summary>
internal sealed partial class StatusTransaction : IDisposable
{
    private readonly StatusPlace _place;
    private readonly Deadline _deadline;
    private readonly FileLock _lock;
    private readonly EventLogFile _log;
    private SnapshotFile? _snapshot;

    private StatusTransaction(StatusPlace place, Deadline deadline, FileLock held, EventLogFile log, MissionStatus status)
    {
        _place = place;
        _deadline = deadline;
        _lock = held;
        _log = log;
        Status = status;
    }

    /// <summary>The status under the lock; after an append, with its rows.</summary>
    public MissionStatus Status { get; private set; }

    /// <summary>Takes the lock and reads the log.</summary>
    /// <returns>LOCK_TIMEOUT, DEADLINE_EXCEEDED, INTERRUPTED, EVENT_LOG_CORRUPT or IO_FAILED; nothing is changed then.</returns>
    public static Result<StatusTransaction> Begin(StatusPlace place, Deadline deadline)
    {
        Signals.Watch();
        if (!FileLock.Acquire(place.LockPath, place.MissionDirectoryName, Deadline.LockTimeout(), deadline).Try(out var held, out var failure))
        {
            return failure;
        }

        return Begin(place, deadline, held);
    }

    /// <summary>The same with the mission's lock held already; it is the transaction's from here on, and released if the log cannot be read.</summary>
    public static Result<StatusTransaction> Begin(StatusPlace place, Deadline deadline, FileLock held)
    {
        if (!EventLogFile.Open(place).Try(out var log, out var failure))
        {
            held.Dispose();
            return failure;
        }

        if (!log.Read().Try(out var status, out failure))
        {
            log.Dispose();
            held.Dispose();
            return failure;
        }

        return new StatusTransaction(place, deadline, held, log, status);
    }

    /// <summary>Records lane moves, all or none.</summary>
    /// <returns>
    /// The outcome once the rows are durable. IO_FAILED, with what is left in its effect; EVENT_LOG_CORRUPT when no time sorts after the
    /// newest row; INTERRUPTED and DEADLINE_EXCEEDED before anything is written, never after.
    /// </returns>
    public Result<AppendOutcome> Append(ReadOnlySpan<LaneMove> moves)
    {
        if (!TryStamp(_place, Status, moves.Length, out var stamps, out var failure))
        {
            return failure!;
        }

        var rows = RowsOf(_place, moves, stamps);
        if (!Commit(rows, stamps).Try(out var outcome, out failure))
        {
            return failure;
        }

        return FindUnmoved(moves) is { } unmoved ? unmoved : outcome;
    }

    /// <summary>The rows of moves.</summary>
    private static RowBuffer RowsOf(StatusPlace place, ReadOnlySpan<LaneMove> moves, Stamp[] stamps)
    {
        var rows = new RowBuffer();
        for (int i = 0; i < moves.Length; i++)
        {
            var move = moves[i];
            rows.Add(
                new LaneEvent
                {
                    Actor = move.Actor,
                    At = stamps[i].At,
                    EventId = stamps[i].EventId,
                    Evidence = move.Evidence,
                    ExecutionMode = EventConstants.ExecutionMode,
                    Force = move.Force,
                    FromLane = move.From,
                    MissionId = place.Identity.MissionId,
                    MissionSlug = place.Identity.MissionSlug,
                    PolicyMetadata = move.PolicyMetadata,
                    Reason = move.Reason,
                    ReviewRef = move.ReviewRef,
                    ReviewResult = move.ReviewResult,
                    ToLane = move.To,
                    WpId = move.WpId,
                },
                place.Level);
        }

        return rows;
    }

    /// <summary>A failure if a work package is not in the lane asked for; null if all are.</summary>
    private Failure? FindUnmoved(ReadOnlySpan<LaneMove> moves)
    {
        for (int i = 0; i < moves.Length; i++)
        {
            bool isLast = !Holds(moves[(i + 1)..], moves[i].WpId);
            if (isLast && Status.LaneOf(moves[i].WpId) != moves[i].To)
            {
                return new Failure(ErrorCode.IoFailed, Messages.LogChangedAfter(_place.LogRelativePath)) { Effect = Effect.Committed };
            }
        }

        return null;
    }

    /// <summary>Records notes; otherwise as for moves.</summary>
    public Result<AppendOutcome> Append(ReadOnlySpan<Annotation> notes)
    {
        if (!TryStamp(_place, Status, notes.Length, out var stamps, out var failure))
        {
            return failure!;
        }

        var rows = new RowBuffer();
        for (int i = 0; i < notes.Length; i++)
        {
            rows.Add(
                new AnnotationEvent
                {
                    Actor = notes[i].Actor,
                    At = stamps[i].At,
                    Delta = new AnnotationDelta { Note = notes[i].Note },
                    EventId = stamps[i].EventId,
                    Kind = EventConstants.AnnotationKind,
                    WpId = notes[i].WpId,
                },
                _place.Level);
        }

        return Commit(rows, stamps);
    }

    /// <summary>Brings the log's end in order without adding a row: a torn tail is moved aside, a line feed that lacks is added. Both as an append does it.</summary>
    /// <param name="movedTo">Where the torn tail went; empty where there was none.</param>
    public Failure? Tidy(out string movedTo) => _log.Tidy(out movedTo);

    /// <summary>
    /// Takes the last append and its status.json back, for a caller whose next step, such as a commit, failed. Null when all is as it
    /// was; else a failure whose effect says what is left.
    /// </summary>
    public Failure? TakeBack()
    {
        if (_log.TakeBack() is { } failure)
        {
            return failure;
        }

        if (_snapshot?.Restore() is { } unrestored)
        {
            return unrestored.With(Effect.Indeterminate);
        }

        if (!_log.Read().Try(out var status, out failure))
        {
            return failure;
        }

        Status = status;
        return null;
    }

    public void Dispose()
    {
        _snapshot?.Settle();
        _log.Dispose();
        _lock.Dispose();
    }

    private static bool Holds(ReadOnlySpan<LaneMove> moves, string wpId)
    {
        foreach (var move in moves)
        {
            if (move.WpId == wpId)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Times and ids for new rows.</summary>
    private static bool TryStamp(StatusPlace place, MissionStatus status, int count, out Stamp[] stamps, out Failure? failure)
    {
        var reducer = status.Reducer;
        stamps = new Stamp[count];
        failure = null;
        if (!RowTime.TryAfter(Clock.Utc(), reducer.NewestAt, count, out long first))
        {
            string key = JsonText.Text(LaneEventFields.At);
            failure = LogFaults.Corrupt(RowFault.LastTime, reducer.NewestPosition, key, 0, place.LogRelativePath, place.LogPath);
            return false;
        }

        var ids = new EventId(reducer.GreatestId);
        for (int i = 0; i < count; i++)
        {
            long at = first + i;
            stamps[i] = new Stamp(Clock.Text(at), ids.Next(at));
        }

        return true;
    }

    private Result<AppendOutcome> Commit(RowBuffer rows, Stamp[] stamps)
    {
        if (Signals.Failure() is { } interrupted)
        {
            return interrupted;
        }

        if (_deadline.IsOver)
        {
            return _deadline.Exceeded("changing the status");
        }

        using var reader = new EventLogReader(rows.Written, Status.EndPosition);
        var check = new RowCounter();
        reader.Read(check, out bool isComplete);
        if (!isComplete || check.Count != stamps.Length)
        {
            return new Failure(ErrorCode.InternalError, Messages.InternalError("append", "the rows to write cannot be read back")) { Effect = Effect.None };
        }

        var ids = new string[stamps.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = stamps[i].EventId;
        }

        if (_place.Announce?.Invoke(ids) is { } unannounced)
        {
            return unannounced;
        }

        var warnings = new List<string>();
        if (_log.Append(rows.Written, warnings, out bool wasDisturbed) is { } failure)
        {
            return failure;
        }

        if (wasDisturbed || !TryApply(reader))
        {
            // Someone wrote without the lock at the same moment: only the file can tell what it amounts to now.
            if (!_log.Read().Try(out var fresh, out failure))
            {
                return new Failure(failure.Code, failure.Message, failure.Data) { Effect = Effect.Committed };
            }

            Status = fresh;
        }

        _snapshot = new SnapshotFile(_place);
        if (_snapshot.Replace(Status) is { } problem)
        {
            warnings.Add(problem);
        }

        _log.Keep(Status);
        return new AppendOutcome { EventIds = ids, At = stamps[^1].At, Warnings = warnings.ToArray() };
    }

    /// <summary>Applies the rows to the state that is at hand: they are new and sort last, so that is what a fresh read would give.</summary>
    private bool TryApply(EventLogReader rows)
    {
        rows.Read(Status.Reducer, out bool isComplete);
        Status = new MissionStatus(Status.Reducer) { EndPosition = rows.EndPosition };
        return isComplete;
    }

    private readonly struct Stamp
    {
        public Stamp(string at, string eventId)
        {
            At = at;
            EventId = eventId;
        }

        public string At { get; }

        public string EventId { get; }
    }

    /// <summary>Counts rows that were read without fault.</summary>
    private sealed class RowCounter : LogSink
    {
        public int Count { get; private set; }

        public override bool Take(in LogRow row, LogPosition position)
        {
            Count += row.Kind is RowKind.Lane or RowKind.Annotation ? 1 : 0;
            return true;
        }
    }
}
