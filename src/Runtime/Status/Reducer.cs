using System;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>
/// What the rows of a log amount to (HOST §5): of equal event ids the first in the file counts; rows apply in the order of
/// (<c>at</c>, <c>event_id</c>) as strings; a forward move does not undo a rollback of the same instant.
/// <para>
/// Rows are applied as they come, and nothing of them is kept, for as long as they come in that order, as the rows of one writer at a
/// time do. <see cref="Take"/> answers false at the first that does not, or whose id may have been seen before; then everything must be
/// read again into a <see cref="RowSorter"/>.
/// </para>
/// </summary>
internal sealed class Reducer : ILogSink
{
    private readonly RecentIds _ids = new();
    private ByteBuffer _lastAt;
    private ByteBuffer _lastId;
    private ByteBuffer _firstSlug;
    private ByteBuffer _latestNoteAt;
    private LogPosition _lastPosition;
    private LogPosition _latestNotePosition;

    public WorkPackageTable WorkPackages { get; } = new();

    /// <summary>Lane rows with distinct ids.</summary>
    public int EventCount { get; private set; }

    /// <summary>mission_slug of the first row in order.</summary>
    public ReadOnlySpan<byte> MissionSlug => _firstSlug.Span;

    /// <summary>Time of the last row in order; empty without rows.</summary>
    public ReadOnlySpan<byte> LastAt => _lastAt.Span;

    /// <summary>Id of the last row in order.</summary>
    public ReadOnlySpan<byte> LastId => _lastId.Span;

    /// <summary>The greatest id of all, which need not be the last.</summary>
    public ReadOnlySpan<byte> GreatestId => _ids.Greatest;

    /// <summary>The greatest time of lane rows and annotations, after which new ones must sort; empty without rows.</summary>
    public ReadOnlySpan<byte> NewestAt => NoteIsNewest ? _latestNoteAt.Span : _lastAt.Span;

    /// <summary>Where <see cref="NewestAt"/> stands.</summary>
    public LogPosition NewestPosition => NoteIsNewest ? _latestNotePosition : _lastPosition;

    public RetrospectiveFold? Retrospective { get; private set; }

    public SubtaskFold? Subtasks { get; private set; }

    private bool NoteIsNewest => _latestNoteAt.Span.SequenceCompareTo(_lastAt.Span) > 0;

    public bool Take(in LogRow row, LogPosition position)
    {
        if (row.Kind != RowKind.Lane)
        {
            TakeOther(row, position);
            return true;
        }

        var novelty = _ids.Add(row.EventId);
        if (novelty != IdNovelty.New)
        {
            return novelty == IdNovelty.Seen;
        }

        if (EventCount > 0)
        {
            int order = row.At.SequenceCompareTo(_lastAt.Span);
            if (order < 0 || (order == 0 && row.EventId.SequenceCompareTo(_lastId.Span) < 0))
            {
                return false;
            }
        }

        Apply(row, position);
        return true;
    }

    /// <summary>Applies a lane row that is known to be new and the next in order.</summary>
    public void Apply(in LogRow row, LogPosition position)
    {
        if (EventCount++ == 0)
        {
            _firstSlug.Set(row.MissionSlug);
        }

        _lastAt.Set(row.At);
        _lastId.Set(row.EventId);
        _lastPosition = position;
        var wp = WorkPackages.FindOrAdd(row.WpId);
        if (wp.Accepts(row.IsRollback, row.At))
        {
            wp.Set(row.To, row.Force, row.IsRollback, row.At, row.EventId, row.Actor);
        }
    }

    /// <summary>Takes a row that moves nothing.</summary>
    public void TakeOther(in LogRow row, LogPosition position)
    {
        if (row.Kind == RowKind.Retrospective)
        {
            (Retrospective ??= new RetrospectiveFold()).Add(row);
        }
        else if (row.Kind == RowKind.Annotation)
        {
            if (row.At.SequenceCompareTo(_latestNoteAt.Span) > 0)
            {
                _latestNoteAt.Set(row.At);
                _latestNotePosition = position;
            }

            if (SubtaskFold.Concerns(row.Extra, out var subtasks))
            {
                (Subtasks ??= new SubtaskFold()).Add(row, subtasks);
            }
        }
    }

    /// <summary>For ids that did not pass <see cref="Take"/>.</summary>
    public void NoteId(ReadOnlySpan<byte> id) => _ids.Add(id);
}
