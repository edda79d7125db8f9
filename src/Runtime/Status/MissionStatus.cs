using System;
using System.Text.Unicode;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>What a mission's event log amounts to.</summary>
internal sealed class MissionStatus
{
    private readonly Reducer _reducer;

    internal MissionStatus(Reducer reducer) => _reducer = reducer;

    /// <summary>Lane rows with distinct ids.</summary>
    public int EventCount => _reducer.EventCount;

    /// <summary>Id of the last row in order; null without rows.</summary>
    public string? LastEventId => EventCount == 0 ? null : JsonText.Text(_reducer.LastId);

    /// <summary>Time of the last row in order, verbatim; empty without rows.</summary>
    public string MaterializedAt => JsonText.Text(_reducer.LastAt);

    /// <summary>mission_slug of the first row in order: what its writer had, which may be any handle; empty without rows.</summary>
    public string MissionSlug => JsonText.Text(_reducer.MissionSlug);

    /// <summary>The greatest time in the log, after which a new row must sort as text; null without rows.</summary>
    public string? NewestAt => _reducer.NewestAt.IsEmpty ? null : JsonText.Text(_reducer.NewestAt);

    /// <summary>Every work package that has a lane row, in the order of their first.</summary>
    public Items<WorkPackageStatus> WorkPackages => _reducer.WorkPackages.Items;

    /// <summary>The retrospective; null when no row speaks of one.</summary>
    public RetrospectiveFold? Retrospective => _reducer.Retrospective;

    /// <summary>Bytes of an incomplete row at the end, which were left out.</summary>
    public int TornTailBytes { get; internal init; }

    /// <summary>Whether the last row lacks its line feed.</summary>
    internal bool LacksLineFeed { get; init; }

    /// <summary>Bytes of the log that count.</summary>
    internal long End { get; init; }

    /// <summary>Where the next row will stand.</summary>
    internal LogPosition EndPosition { get; init; } = LogPosition.First;

    /// <summary>The checkpoint that it began with; null if all of the log was read.</summary>
    internal StatusCheckpoint? Checkpoint { get; init; }

    internal Reducer Reducer => _reducer;

    public bool TryGet(string wpId, out WorkPackageStatus status)
    {
        status = Find(wpId)!;
        return status is not null;
    }

    public bool HasEvents(string wpId) => Find(wpId) is not null;

    /// <summary>Its lane; planned when the log does not know it (DESIGN §6).</summary>
    public Lane LaneOf(string wpId) => Find(wpId)?.Lane ?? Lane.Planned;

    /// <summary>What annotations say of a subtask, such as "done"; null when they say nothing.</summary>
    public string? SubtaskState(string wpId, string subtaskId)
    {
        if (_reducer.Subtasks is not { } subtasks)
        {
            return null;
        }

        Span<byte> wp = stackalloc byte[wpId.Length * 3];
        Span<byte> id = stackalloc byte[subtaskId.Length * 3];
        return subtasks.Find(wp[..Encode(wpId, wp)], id[..Encode(subtaskId, id)]);
    }

    private WorkPackageStatus? Find(string wpId)
    {
        const int LongestOnStack = 200;
        Span<byte> id = wpId.Length <= LongestOnStack ? stackalloc byte[wpId.Length * 3] : new byte[wpId.Length * 3];
        return _reducer.WorkPackages.Find(id[..Encode(wpId, id)]);
    }

    private static int Encode(string text, Span<byte> bytes)
    {
        Utf8.FromUtf16(text, bytes, out _, out int written);
        return written;
    }
}
