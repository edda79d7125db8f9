using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <content>Appending in two steps: what will be written is known, to the byte, before it is.</content>
internal sealed partial class StatusTransaction
{
    /// <summary>The log as it was read, with the line feed that its last row may lack and without a torn tail.</summary>
    public Result<ReadOnlyMemory<byte>> ReadLog() => _log.ReadRows();

    /// <summary>What a log amounts to with rows of other logs behind its own.</summary>
    /// <param name="place">Whose log it is.</param>
    /// <param name="log">The log, such as <see cref="ReadLog"/> gives it.</param>
    /// <param name="others">Whole rows whose ids are not in the log.</param>
    public static Result<MissionStatus> StatusOf(StatusPlace place, ReadOnlyMemory<byte> log, ReadOnlyMemory<byte> others) =>
        StatusLog.Parse(Join(log, others), place.LogRelativePath, place.LogPath);

    /// <summary>Makes the rows of moves, to stand behind <paramref name="others"/>.</summary>
    /// <param name="place">Whose log it is.</param>
    /// <param name="log">The log.</param>
    /// <param name="others">Rows of other logs.</param>
    /// <param name="before">What both amount to.</param>
    /// <param name="moves">May be none.</param>
    public static Result<PreparedRows> Prepare(StatusPlace place, ReadOnlyMemory<byte> log, ReadOnlyMemory<byte> others, MissionStatus before, ReadOnlySpan<LaneMove> moves)
    {
        if (!TryStamp(place, before, moves.Length, out var stamps, out var failure))
        {
            return failure!;
        }

        var rows = Join(others, RowsOf(place, moves, stamps).Written);
        var whole = Join(log, rows);
        return StatusLog.Parse(whole, place.LogRelativePath, place.LogPath).Try(out var after, out failure)
            ? new PreparedRows { Rows = rows, Log = whole, Snapshot = SnapshotDocument.Write(after, place.Identity), Status = after }
            : failure;
    }

    /// <summary>Writes prepared rows, and status.json; with no rows only that.</summary>
    /// <returns>As <see cref="Append(ReadOnlySpan{LaneMove})"/>, but for signals and the deadline, which are not asked any more.</returns>
    public Result<string[]> Append(PreparedRows prepared)
    {
        var warnings = new List<string>();
        bool wasDisturbed = false;
        if (!prepared.Rows.IsEmpty && _log.Append(prepared.Rows, warnings, out wasDisturbed) is { } failure)
        {
            return failure;
        }

        Status = prepared.Status;
        if (wasDisturbed)
        {
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
        return warnings.ToArray();
    }

    private static ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            return first.IsEmpty ? second : first;
        }

        var joined = new byte[first.Length + second.Length];
        first.CopyTo(joined);
        second.CopyTo(joined.AsMemory(first.Length));
        return joined;
    }
}
