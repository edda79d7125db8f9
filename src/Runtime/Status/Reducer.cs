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
internal sealed class Reducer : LogSink
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

    public override bool Take(in LogRow row, LogPosition position)
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

    /// <summary>
    /// Everything that is known, so that <see cref="Load"/> gives a reducer that takes further rows exactly as this one would. A field that
    /// is added here belongs into both, and <see cref="StatusCheckpoint.Version"/> counts on.
    /// </summary>
    public void Save(ImageWriter image)
    {
        image.Add(EventCount);
        image.Add(_lastAt.Span);
        image.Add(_lastId.Span);
        image.Add(_firstSlug.Span);
        image.Add(_latestNoteAt.Span);
        image.Add(_lastPosition);
        image.Add(_latestNotePosition);
        _ids.Save(image);
        image.Add(WorkPackages.Items.Count);
        foreach (var package in WorkPackages.Items)
        {
            package.Save(image);
        }

        image.Add(Retrospective is not null);
        Retrospective?.Save(image);
        image.Add(Subtasks is not null);
        Subtasks?.Save(image);
    }

    /// <summary>What <see cref="Save"/> wrote; of no use unless the image is still good afterwards.</summary>
    public static Reducer Load(ref ImageReader image)
    {
        var reducer = new Reducer { EventCount = image.Int() };
        reducer._lastAt.Set(image.Bytes());
        reducer._lastId.Set(image.Bytes());
        reducer._firstSlug.Set(image.Bytes());
        reducer._latestNoteAt.Set(image.Bytes());
        reducer._lastPosition = image.Position();
        reducer._latestNotePosition = image.Position();
        reducer._ids.Load(ref image);
        int packages = image.Count();
        for (int i = 0; i < packages && image.IsGood; i++)
        {
            reducer.WorkPackages.FindOrAdd(image.Bytes()).Load(ref image);
        }

        image.Require(reducer.WorkPackages.Items.Count == packages);
        if (image.Bool())
        {
            (reducer.Retrospective = new RetrospectiveFold()).Load(ref image);
        }

        if (image.Bool())
        {
            (reducer.Subtasks = new SubtaskFold()).Load(ref image);
        }

        return reducer;
    }

    /// <summary>For ids that did not pass <see cref="Take"/>.</summary>
    public void NoteId(ReadOnlySpan<byte> id) => _ids.Add(id);
}
